'use strict';
/** The page that everybody reads: what shipped, what it gained, what wants a look. */
const summaryPage = (() => {
  const {element, figure, tile, tiles, heading} = view;
  const outcomes = {SHIPPED: 'shipped', KEPT_BASELINE: 'kept its baseline', RESISTED: 'resisted'};

  function gain(cycle) {
    if (!data.isNumber(cycle.mean_delta)) return {value: '–', more: 'nothing was shipped'};
    const half = cycle.shipped > 1 ? 1.96 * cycle.delta_deviation / Math.sqrt(cycle.shipped) : NaN;
    return {value: data.percent(cycle.mean_delta), more: data.isNumber(half) ? `95 % interval ${data.interval(cycle.mean_delta - half, cycle.mean_delta + half)}` : 'of one model'};
  }

  function figures(cycle, techniques, cost) {
    const accepted = techniques.filter((one) => one.accepted).length;
    const trainings = cost.reduce((sum, one) => sum + one.trainings + one.failed, 0);
    const hours = cost.reduce((sum, one) => sum + one.hours, 0);
    const change = data.isNumber(cycle.flops_ratio) ? cycle.flops_ratio - 1 : NaN;
    const {value, more} = gain(cycle);
    return tiles(
      tile('models that shipped', `${data.number(cycle.shipped, 0)} of ${data.number(cycle.models, 0)}`, `${data.share(cycle.shipped / cycle.models)} of the fleet${cycle.resisted ? `, ${cycle.resisted} resisted` : ''}`),
      tile('mean NE gain of these', value, more, cycle.mean_delta > 0 ? 'good' : ''),
      tile('techniques accepted', `${accepted} of ${techniques.length}`, 'tuned once for all models'),
      tile('trainings to decide', data.number(trainings, 0), `${data.duration(hours)} of one slot`),
      tile('inference FLOPs', data.isNumber(change) ? data.percent(100 * change, 1) : '–', 'mean over the models that shipped'));
  }

  /** What a person should look at, the gravest first. */
  function concerns(cycle, state) {
    const notes = [];
    const techniques = state.of('techniques');
    const add = (mark, text, page) => notes.push(element('li', {}, element('span', {class: 'mark ' + mark}, mark === 'bad' ? 'Look: ' : 'Note: '), text + ' ', element('a', {href: '#' + page}, 'More')));
    const failed = data.rows('runs').filter((run, i, all) => run.status === 'FAILED' && !all.slice(0, i).some((later) => later.command === run.command && later.status === 'DONE'));
    failed.forEach((run) => add('bad', `${run.command} failed: ${run.error ?? ''}`, 'runs'));
    data.rows('back_test_verdicts').filter((one) => one.study_id === cycle?.study_id && !one.passed && !one.left_out).forEach((one) => add('bad', `The back-test of ${one.template}@${one.version} did not pass: ${one.verdict}`, 'templates'));
    techniques.filter((one) => one.accepted && one.holdout_verdict && !/^CONFIRMED/.test(one.holdout_verdict)).forEach((one) => add('bad', `${one.technique} was accepted, but the holdout models say: ${one.holdout_verdict.toLowerCase().replace(/_/g, ' ')}.`, 'techniques'));
    techniques.filter((one) => one.verdict === 'OPEN').forEach((one) => add('open', `${one.technique} is open${one.to_close ? ': ' + one.to_close : ''}.`, 'techniques'));
    const regressed = state.ofRun('segments').length;
    if (regressed) add('open', `${data.plural(regressed, 'segment')} of models lost more than twice their standard error.`, 'models');
    const resisted = state.iterations().filter((one) => one.outcome === 'RESISTED');
    if (resisted.length) add('open', `${data.plural(resisted.length, 'model')} resisted: ${resisted.slice(0, 5).map((one) => one.model_id).join(', ')}${resisted.length > 5 ? ' …' : ''}.`, 'models');
    return element('section', {class: 'card wide'}, element('h2', {}, 'What wants a look'), notes.length ? element('ul', {class: 'notes'}, notes.slice(0, 12)) : element('p', {}, 'Nothing.'));
  }

  const gainColumns = [
    {key: 'model_id', name: 'model'}, {key: 'outcome', name: 'outcome', text: (value) => outcomes[value] ?? value, mark: (row) => (row.outcome === 'SHIPPED' ? 'good' : row.outcome === 'RESISTED' ? 'open' : '')},
    {key: 'ne_delta', name: 'NE gain, %', digits: 3}, {key: 'ne_delta_se', name: 'standard error', digits: 3}, {key: 'unseen_delta', name: 'gain on unseen rows, %', digits: 3},
    {key: 'flops_ratio', name: 'FLOPs ratio', digits: 3}, {key: 'bytes_ratio', name: 'bytes ratio', digits: 3}, {key: 'template', name: 'template'}, {key: 'version', name: 'version'}, {key: 'reason', name: 'why', long: true},
  ];

  function gains(rows, more = {}) {
    const sorted = rows.filter((row) => data.isNumber(row.ne_delta)).sort((a, b) => b.ne_delta - a.ne_delta);
    return figure({
      title: 'What each model gained', says: 'NE gain against what it runs in production, on test rows; bars are 95 % intervals of one training. Grey: not shipped.',
      table: 'iterations', rows: sorted, columns: gainColumns, wide: true, empty: 'Made by smt iterate.',
      chart: (some) => charts.sortedBars(some.map((row) => ({
        name: row.model_id, value: row.ne_delta, error: row.ne_delta_se, colour: row.outcome === 'SHIPPED' ? charts.good : charts.quiet,
        tip: charts.tip(row.model_id, outcomes[row.outcome], `gain ${data.percent(row.ne_delta)} (${data.interval(row.ne_delta - 1.96 * row.ne_delta_se, row.ne_delta + 1.96 * row.ne_delta_se)})`, `FLOPs × ${data.number(row.flops_ratio)}`, row.reason),
      })), 'NE gain, %', 'models, the largest gain first'),
      ...more,
    });
  }

  function page(state) {
    const {cycle} = state;
    const techniques = state.of('techniques');
    if (!cycle) {
      return [heading('No model was rebuilt yet', 'This report has what is there so far. A whole cycle, from logs to shipped models: smt cycle.'), element('div', {class: 'figures'}, concerns(cycle, state))];
    }
    const adopted = data.rows('adopted').filter((one) => one.cycle === cycle.cycle).map((one) => one.technique);
    const lead = `Finished ${data.time(cycle.finished_at)}. Every model was rebuilt from templates with ${adopted.length ? adopted.join(', ') : 'no new technique'}.`;
    return [
      heading(`Cycle ${cycle.cycle}: ${data.number(cycle.shipped, 0)} of ${data.plural(cycle.models, 'model')} shipped`, lead),
      figures(cycle, techniques, state.of('cost')),
      element('div', {class: 'figures'}, concerns(cycle, state), gains(state.iterations())),
    ];
  }

  return {page, gains, gainColumns, outcomes};
})();
