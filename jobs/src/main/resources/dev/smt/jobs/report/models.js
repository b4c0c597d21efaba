'use strict';
/** Models one by one, the templates that they come from, and what ran. */
const modelsPage = (() => {
  const {element, figure, heading} = view;

  function resisted(rows) {
    return figure({
      title: 'Models that resisted, and why', table: 'iterations', rows: rows.filter((row) => row.outcome !== 'SHIPPED'), wide: true, empty: 'None: every model shipped.',
      columns: [{key: 'model_id', name: 'model'}, {key: 'outcome', text: (value) => summaryPage.outcomes[value] ?? value}, {key: 'ne_delta', name: 'NE gain, %', digits: 3}, {key: 'ne_delta_se', name: 'standard error', digits: 3}, {key: 'flops_ratio', name: 'FLOPs ratio', digits: 3}, {key: 'reason', name: 'why', long: true}],
    });
  }

  function segments(rows) {
    return figure({
      title: 'Segments that lost', says: 'Segments of rebuilt models that lost more than twice their standard error, the surest first. Of many segments about one in forty is here by chance.',
      table: 'segments', rows, wide: true, empty: 'None (or evaluation.segments is not set).',
      columns: [{key: 'model_id', name: 'model'}, {key: 'feature'}, {key: 'value'}, {key: 'rows'}, {key: 'ne_delta', name: 'NE gain, %', digits: 2}, {key: 'ne_delta_se', name: 'standard error', digits: 2}, {key: 'calibration', digits: 3}],
    });
  }

  function cost(rows) {
    const some = rows.filter((row) => data.isNumber(row.ne_delta) && data.isNumber(row.flops_ratio));
    return figure({
      title: 'Gain against cost', says: "Each rebuilt model's NE gain and inference FLOPs, against what it runs in production.", table: 'iterations', rows: some, columns: summaryPage.gainColumns, wide: true, empty: 'Made by smt iterate.',
      chart: (them) => charts.points(them.map((row) => ({group: summaryPage.outcomes[row.outcome], x: row.flops_ratio, y: row.ne_delta, tip: charts.tip(row.model_id, summaryPage.outcomes[row.outcome], `gain ${data.percent(row.ne_delta)}`, `FLOPs × ${data.number(row.flops_ratio, 3)}`)})), 'FLOPs ratio', 'NE gain, %', {markLine: charts.level({yAxis: 0})}),
    });
  }

  function page(state) {
    const rows = state.iterations();
    if (!rows.length) return heading('No model was rebuilt yet', 'Made by smt iterate.');
    return [
      heading(`${data.number(rows.filter((row) => row.outcome === 'SHIPPED').length, 0)} of ${data.plural(rows.length, 'model')} shipped`, 'A model ships what its template makes of it only where it does not lose against what it runs in production.'),
      element('div', {class: 'figures'}, summaryPage.gains(rows), figure({title: 'All models', table: 'iterations', rows, columns: summaryPage.gainColumns, wide: true}), resisted(rows), cost(rows), segments(state.ofRun('segments'))),
    ];
  }

  function templates() {
    const verdicts = data.rows('back_test_verdicts');
    const tests = data.rows('back_tests').filter((row) => data.isNumber(row.ne_delta));
    const versions = data.rows('versions');
    const each = [...new Set(tests.map((row) => `${row.template}@${row.version}${row.left_out ? ` without ${row.left_out}` : ''}`))];
    const name = (row) => `${row.template}@${row.version}${row.left_out ? ` without ${row.left_out}` : ''}`;
    return [
      heading(`${data.plural(new Set(versions.map((row) => row.template)).size, 'template')}, ${data.plural(versions.length, 'version')}`, 'A version is never changed once it is published; a rollback publishes the old content as a new version.'),
      element('div', {class: 'figures'},
        figure({
          title: 'Versions', table: 'versions', rows: versions, wide: true, empty: 'Made by smt importance.',
          columns: [{key: 'template'}, {key: 'version'}, {key: 'parent_version', name: 'from'}, {key: 'cause'}, {key: 'published_at', name: 'published', text: data.time}, {key: 'techniques', long: true, text: (value) => Object.keys(data.parsed(value)).join(', ')}],
        }),
        figure({
          title: 'Back-tests', says: 'A version passes when it gains the demanded share of the sum of its techniques\u2019 single gains, and few models lose.', table: 'back_test_verdicts', rows: verdicts, wide: true, empty: 'Made by smt backtest.',
          columns: [{key: 'template'}, {key: 'version'}, {key: 'left_out', name: 'without'}, {key: 'passed', mark: (row) => (row.passed ? 'good' : 'bad')}, {key: 'mu', name: 'mu, %', digits: 3}, {key: 'mu_se', name: 'standard error', digits: 3}, {key: 'needed_mu', name: 'needed, %', digits: 3}, {key: 'single_gains', name: 'sum of single gains, %', digits: 3}, {key: 'regression_rate', name: 'models that lose', text: data.share, numeric: true}, {key: 'verdict', long: true}],
        }),
        each.map((version) => figure({
          title: `Back-test of ${version}`, says: 'NE gain of each representative against the version before, with 95 % intervals.', table: 'back_tests', rows: tests.filter((row) => name(row) === version),
          columns: [{key: 'model_id', name: 'model'}, {key: 'ne_delta', name: 'NE gain, %', digits: 3}, {key: 'ne_delta_se', name: 'standard error', digits: 3}, {key: 'flops_ratio', name: 'FLOPs ratio', digits: 3}, {key: 'passed'}],
          chart: (some) => charts.sortedBars(some.map((row) => ({name: row.model_id, value: row.ne_delta, error: row.ne_delta_se, colour: row.passed ? charts.good : charts.bad, tip: charts.tip(row.model_id, `${data.percent(row.ne_delta)} ± ${data.number(1.96 * row.ne_delta_se)}`)})), 'NE gain, %', 'models'),
        }))),
    ];
  }

  function runs() {
    const rows = data.rows('runs');
    return [
      heading(data.plural(rows.length, 'run'), 'What ran, the newest first.'),
      element('div', {class: 'figures'}, figure({
        title: 'Runs', table: 'runs', rows, wide: true, empty: 'Nothing ran here yet.',
        columns: [{key: 'command'}, {key: 'status', mark: (row) => ({DONE: 'good', FAILED: 'bad'})[row.status] ?? 'open'}, {key: 'started_at', name: 'started', text: data.time}, {key: 'minutes', digits: 1}, {key: 'run_id', name: 'run'}, {key: 'code_version', name: 'program'}, {key: 'error', long: true}],
      })),
    ];
  }

  return {page, templates, runs};
})();
