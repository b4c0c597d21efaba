'use strict';
/** Several cycles: the paper's Tables 3 to 5, beside tuning each model alone. */
const studyPage = (() => {
  const {element, figure, heading} = view;
  const ways = {templates: 'templates', fragmented: 'each model alone', both: 'both'};
  const way = {key: 'way', text: (value) => ways[value] ?? value};

  function performance() {
    const rows = data.rows('study_performance');
    return figure({
      title: 'Gain per cycle', says: 'Mean NE gain of what shipped, on test rows that decided nothing, with 95 % intervals.', table: 'study_performance', rows, wide: true, empty: 'Made by smt study.',
      columns: [{key: 'cycle'}, way, {key: 'model_share_percent', name: 'models that shipped, %', digits: 1}, {key: 'mean_ne_percent', name: 'mean gain, %', digits: 3}, {key: 'mean_ne_low', name: 'from', digits: 3}, {key: 'mean_ne_high', name: 'to', digits: 3}, {key: 'max_ne_percent', name: 'largest, %', digits: 3}, {key: 'regressed_percent', name: 'of these lose, %', digits: 1}],
      chart: (some) => {
        const cycles = [...new Set(some.map((row) => row.cycle))].sort((a, b) => a - b);
        const both = [...new Set(some.map((row) => row.way))];
        const option = charts.points(some.filter((row) => data.isNumber(row.mean_ne_percent)).map((row) => ({group: ways[row.way], x: cycles.indexOf(row.cycle) + (both.indexOf(row.way) - (both.length - 1) / 2) * 0.16, y: row.mean_ne_percent, size: 12, tip: charts.tip(`cycle ${row.cycle}, ${ways[row.way]}`, `${data.percent(row.mean_ne_percent)} (${data.interval(row.mean_ne_low, row.mean_ne_high)})`, `${data.number(row.model_share_percent, 1)} % of the models shipped`)})), '', 'mean gain, % NE',
          {markLine: charts.level({yAxis: 0}), series: [charts.errors(some.map((row) => [cycles.indexOf(row.cycle) + (both.indexOf(row.way) - (both.length - 1) / 2) * 0.16, row.mean_ne_low, row.mean_ne_high]).filter((one) => data.isNumber(one[1])), charts.quiet)]});
        option.xAxis = charts.named('', {min: -0.5, max: cycles.length - 0.5, interval: 0.5, splitLine: {show: false}, axisLabel: {formatter: (at) => (Number.isInteger(at) && cycles[at] !== undefined ? `cycle ${cycles[at]}` : '')}});
        return option;
      },
    });
  }

  function models() {
    const rows = data.rows('study_models').filter((row) => data.isNumber(row.delta_by_templates) && data.isNumber(row.delta_alone));
    return figure({
      title: 'Each model, both ways', says: 'Total gain by templates against total gain when tuned alone with the same number of trainings; above the dashed line templates are better.', table: 'study_models', rows, empty: 'Made by smt study.',
      columns: [{key: 'model_id', name: 'model'}, {key: 'role'}, {key: 'delta_by_templates', name: 'templates, %', digits: 3}, {key: 'delta_by_templates_se', name: 'standard error', digits: 3}, {key: 'delta_alone', name: 'alone, %', digits: 3}, {key: 'delta_alone_se', name: 'standard error', digits: 3}, {key: 'difference', digits: 3}, {key: 'techniques_by_templates', name: 'techniques'}, {key: 'techniques_alone', name: 'techniques alone'}, {key: 'flops_ratio_by_templates', name: 'FLOPs ratio', digits: 3}, {key: 'flops_ratio_alone', name: 'FLOPs ratio alone', digits: 3}],
      chart: (some) => {
        const all = some.flatMap((row) => [row.delta_by_templates, row.delta_alone]);
        const [low, high] = [Math.min(...all), Math.max(...all)];
        return charts.points(some.map((row) => ({group: row.role, x: row.delta_alone, y: row.delta_by_templates, tip: charts.tip(row.model_id, row.role, `templates ${data.percent(row.delta_by_templates)}`, `alone ${data.percent(row.delta_alone)}`)})), 'alone, % NE', 'templates, % NE', {series: [{type: 'line', silent: true, symbol: 'none', lineStyle: {type: 'dashed', color: charts.quiet}, data: [[low, low], [high, high]]}]});
      },
    });
  }

  const plain = (title, table, columns, more = {}) => figure({title, table, rows: data.rows(table), columns, wide: true, ...more});

  function page() {
    const study = data.rows('study_performance').length > 0;
    return [
      heading(study ? 'Cycles, beside tuning each model alone' : 'Cycles', study ? 'Both ways had the same number of trainings.' : 'Totals of all cycles of this warehouse. The comparison with tuning each model alone is made by smt study.'),
      element('div', {class: 'figures'},
        study ? [performance(), models(),
          plain('Hypotheses and findings', 'findings', [{key: 'finding'}, way, {key: 'models'}, {key: 'value', digits: 3}, {key: 'low', name: 'from', digits: 3}, {key: 'high', name: 'to', digits: 3}, {key: 'p_value', name: 'p', digits: 4}, {key: 'verdict', mark: (row) => ({holds: 'good', 'does not hold': 'bad', open: 'open'})[row.verdict] ?? ''}], {wide: false}),
          plain('Throughput', 'study_throughput', [way, {key: 'cycles'}, {key: 'pairs', name: 'technique and model pairs'}, {key: 'models_per_cycle', name: 'models per cycle', digits: 1}, {key: 'techniques_per_model', name: 'techniques per model', digits: 2}, {key: 'trainings'}, {key: 'pairs_per_training', name: 'pairs per training', digits: 3}, {key: 'edits', name: 'values set by people'}, {key: 'times_the_fragmented_way', name: 'times the other way', digits: 2}]),
          plain('What models that resisted have in common', 'contrasts', [{key: 'attribute'}, {key: 'value'}, {key: 'resisting', name: 'resisted'}, {key: 'of_resisting', name: 'of'}, {key: 'others'}, {key: 'of_others', name: 'of'}, {key: 'p_value', name: 'p, corrected', digits: 4}], {empty: 'Nothing was compared.'}),
          plain('Techniques that could go again', 'removals', [{key: 'template'}, {key: 'version'}, {key: 'technique'}, {key: 'verdict', mark: (row) => ({KEEP: 'good', REMOVE: 'bad'})[row.verdict] ?? 'open'}, {key: 'mu', name: 'gain without it, %', digits: 3}, {key: 'mu_se', name: 'standard error', digits: 3}, {key: 'flops_ratio', name: 'FLOPs ratio', digits: 3}, {key: 'reason', long: true}], {empty: 'None was taken out.'})] : null,
        plain('Performance of each cycle (Table 3)', 'cycle_performance', [{key: 'cycle'}, {key: 'model_share_percent', name: 'models that shipped, %', digits: 1}, {key: 'mean_ne_percent', name: 'mean gain, %', digits: 3}, {key: 'max_ne_percent', name: 'largest, %', digits: 3}], {empty: 'Made by smt iterate.', wide: false}),
        plain('Throughput of each cycle (Table 5)', 'throughput', [{key: 'cycle'}, {key: 'technique_model_pairs', name: 'technique and model pairs'}, {key: 'models'}, {key: 'techniques_per_model', name: 'techniques per model', digits: 2}], {empty: 'Made by smt iterate.', wide: false}),
        plain('Online lift (Table 4)', 'online', [{key: 'experiment'}, {key: 'arm'}, {key: 'metric'}, {key: 'relative_lift', name: 'lift, %', digits: 2}, {key: 'relative_low', name: 'from', digits: 2}, {key: 'relative_high', name: 'to', digits: 2}, {key: 'offline_delta', name: 'offline gain, %', digits: 2}, {key: 'verdict'}], {empty: 'Made by smt ab.', wide: false}),
        plain('Hours of people', 'effort', [way, {key: 'hours', digits: 1}, {key: 'model_iterations', name: 'model iterations'}, {key: 'hours_per_model', name: 'hours per model', digits: 2}, {key: 'saved_percent', name: 'saved, %', digits: 1}], {empty: 'Entered by smt effort.', wide: false})),
    ];
  }

  return {page};
})();
