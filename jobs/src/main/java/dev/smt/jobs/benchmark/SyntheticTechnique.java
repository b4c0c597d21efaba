package dev.smt.jobs.benchmark;

import dev.smt.benchmark.BenchmarkTechnique;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.technique.Technique;
import dev.smt.technique.TechniqueKind;
import dev.smt.template.Template;

/** A technique of the benchmark as searches know techniques. What it does is in closed form, not in a template. */
record SyntheticTechnique(BenchmarkTechnique of) implements Technique {
    @Override
    public String name() {
        return of.name();
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public TechniqueKind kind() {
        return TechniqueKind.TRAINING;
    }

    @Override
    public String summary() {
        return "A synthetic technique whose effects are known.";
    }

    @Override
    public String paper() {
        return "docs/benchmark-fleet.md";
    }

    @Override
    public boolean fits(Template template) {
        return true;
    }

    @Override
    public SearchSpace searchSpace() {
        return of.searchSpace();
    }

    @Override
    public ParameterValues defaults() {
        return of.defaults();
    }

    @Override
    public Template apply(Template template, ParameterValues theta) {
        return template;
    }
}
