package dev.smt.jobs.study;

import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import dev.smt.technique.TechniqueReversal;
import dev.smt.technique.Techniques;
import dev.smt.template.AppliedTechnique;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A published version taken apart: the template's first version with the version's feature selection, and the techniques
 * that were put into it since.
 *
 * @param content the version's template
 * @param parent what the techniques were applied to
 * @param techniques in the order of applying
 */
record TemplateParts(Template content, Template parent, List<AppliedTechnique> techniques) {
    TemplateParts {
        techniques = List.copyOf(techniques);
    }

    static TemplateParts of(PublishedTemplates templates, TemplateVersionRow row) {
        Template content = templates.template(row);
        Template first = templates.template(templates.version(row.template(), 1));
        Map<String, String> thetas = RunJson.texts(row.techniques());
        List<AppliedTechnique> techniques = new ArrayList<>();
        for (String name : content.techniques()) {
            if (thetas.containsKey(name)) {
                Technique technique = Techniques.named(name);
                techniques.add(new AppliedTechnique(
                        name,
                        technique.version(),
                        ParameterValuesJson.read(technique.searchSpace(), thetas.get(name))));
            }
        }
        return new TemplateParts(content, first.withFeatures(pinned(first.features(), content.features())), techniques);
    }

    /** Event features are no part of a selection: a technique adds them. */
    private static FeatureTemplate pinned(FeatureTemplate first, FeatureTemplate latest) {
        Map<FeatureType, Integer> k = new EnumMap<>(latest.topK());
        k.put(FeatureType.EVENT, first.topK().get(FeatureType.EVENT));
        return first.withSelection(k, latest.selection());
    }

    /** @throws IllegalArgumentException where something else than its techniques made the version what it is */
    Template without(String technique) {
        return TechniqueReversal.without(parent, content, techniques, technique);
    }
}
