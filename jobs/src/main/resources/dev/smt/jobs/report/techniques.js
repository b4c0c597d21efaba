'use strict';
/** All techniques of a study, side by side. */
const techniquesPage = (() => {
  const {element, figure, heading} = view;
  const reasons = {
    ACCEPTED: 'accepted', REJECTED: 'rejected', OPEN: 'open', BELOW_TAU: 'gains too little', NO_FEASIBLE_TRIAL: 'too many models lose', OVER_CAPACITY: 'costs too much',
    NO_FITTING_MODEL: 'fits no model',
  };
  /** Why; a theta whose trial lost few enough models, but that may do worse next time, is another case than one that lost too many. */
  const reason = (row) => (row.reason === 'NO_FEASIBLE_TRIAL' && row.paper_reason && row.paper_reason !== row.reason
    ? `may lose too many models (few enough with probability ${data.number(row.posterior_feasibility)})` : reasons[row.reason] ?? row.reason);
  const colour = (row) => (row.accepted ? charts.good : row.reason === 'OPEN' ? charts.palette[1] : charts.bad);
  const mark = (row) => (row.accepted ? 'good' : row.reason === 'OPEN' ? 'open' : 'bad');
  const rate = (row) => `R ${data.share(row.regression_rate)} (${data.share(row.regression_rate_low)} to ${data.share(row.regression_rate_high)})`;

  const columns = [
    {key: 'technique'}, {key: 'reason', name: 'decision', text: (value, row) => reason(row), mark},
    {key: 'mu_star', name: 'observed mu, %', text: (value) => data.signed(value)}, {key: 'mu', name: 'believed mu, %', text: (value, row) => (data.isNumber(value) ? `${data.signed(value)} (${data.interval(row.mu_low, row.mu_high)})` : '')},
    {key: 'regression_rate', name: 'models that lose', text: (value, row) => (data.isNumber(value) ? `${data.share(value)} (${data.share(row.regression_rate_low)} to ${data.share(row.regression_rate_high)})` : '')},
    {key: 'acceptance', name: 'good enough', text: data.share}, {key: 'replicates', name: 'fresh trainings'},
    {key: 'holdout_mu', name: 'holdout mu, %', text: (value) => data.signed(value)}, {key: 'holdout_verdict', name: 'holdout'}, {key: 'flops_ratio', name: 'FLOPs ratio', digits: 3}, {key: 'bytes_ratio', name: 'bytes ratio', digits: 3},
    {key: 'theta_star', name: 'theta*', long: true}, {key: 'to_close', name: 'what would close it', long: true},
  ];

  function leaderboard(rows) {
    return figure({
      title: 'What each technique is worth', says: 'Mean NE gain over the representatives at the best parameters, and the 95 % interval of what is believed of it. Green: accepted; yellow: open; red: rejected.',
      table: 'techniques', rows, columns, wide: true, height: Math.max(200, Math.min(900, 90 + 26 * rows.length)), empty: 'Made by smt mmo.',
      chart: (some) => charts.forest(some.filter((row) => data.isNumber(row.mu_star)).map((row) => ({
        name: row.technique, value: data.isNumber(row.mu) ? row.mu : row.mu_star, low: row.mu_low, high: row.mu_high, colour: colour(row),
        tip: charts.tip(row.technique, reason(row), `observed mu ${data.percent(row.mu_star)}`, data.isNumber(row.mu) ? `believed ${data.percent(row.mu)} (${data.interval(row.mu_low, row.mu_high)})` : '', rate(row), data.isNumber(row.holdout_mu) ? `holdout ${data.percent(row.holdout_mu)}` : '', data.isNumber(row.flops_ratio) ? `FLOPs × ${data.number(row.flops_ratio)}` : ''),
      })), 'mu, % NE'),
    });
  }

  function list(rows) {
    return figure({title: 'Leaderboard, feasible ones first', table: 'techniques', rows, columns, wide: true, empty: 'Made by smt mmo.'});
  }

  function matrix(state, rows) {
    const deltas = state.of('deltas').filter((row) => data.isNumber(row.ne_delta));
    const order = rows.map((row) => row.technique).filter((name) => deltas.some((row) => row.technique === name));
    const models = [...new Set(deltas.map((row) => row.model_id))].sort();
    return figure({
      title: 'Each technique on each model', says: 'NE gain at the best parameters, by one training each: small differences are noise.',
      table: 'deltas', rows: deltas, wide: true, height: Math.max(260, Math.min(1000, 120 + 22 * models.length)), empty: 'Made by smt mmo.',
      columns: [{key: 'technique'}, {key: 'model_id', name: 'model'}, {key: 'ne_delta', name: 'NE gain, %', digits: 3}, {key: 'ne_delta_se', name: 'standard error', digits: 3}, {key: 'status'}],
      chart: (some) => charts.heat(some.map((row) => ({x: row.technique, y: row.model_id, value: row.ne_delta, tip: charts.tip(row.technique, row.model_id, `${data.percent(row.ne_delta)}, standard error ${data.number(row.ne_delta_se)}`)})), order, models),
    });
  }

  function capacity(rows) {
    const some = rows.filter((row) => data.isNumber(row.mu_star) && data.isNumber(row.flops_ratio));
    return figure({
      title: 'What the gains cost', says: 'Gain against inference FLOPs, as a ratio to the baseline; left of the dashed line it costs nothing.',
      table: 'techniques', rows: some, columns, empty: 'Made by smt mmo.',
      chart: (them) => charts.points(them.map((row) => ({x: row.flops_ratio, y: row.mu_star, colour: colour(row), size: 12, tip: charts.tip(row.technique, `gain ${data.percent(row.mu_star)}`, `FLOPs × ${data.number(row.flops_ratio, 3)}`, `bytes × ${data.number(row.bytes_ratio, 3)}`)})), 'FLOPs ratio', 'mu, % NE', {markLine: charts.level({xAxis: 1})}),
    });
  }

  function transfer(state) {
    const rows = state.of('transfer').filter((row) => data.isNumber(row.holdout_delta));
    return figure({
      title: 'Do models agree that did not choose?', says: 'Gain on the holdout models against gain on the representatives; on the dashed line they agree.',
      table: 'transfer', rows, empty: 'Made by smt holdout.',
      columns: [{key: 'technique'}, {key: 'representative_delta', name: 'representatives, %', digits: 3}, {key: 'holdout_delta', name: 'holdout, %', digits: 3}, {key: 'holdout_models', name: 'holdout models'}, {key: 'holdout_regression_rate', name: 'of them lose', text: data.share, numeric: true}, {key: 'holdout_verdict', name: 'verdict'}, {key: 'holdout_correlation', name: 'correlation', digits: 2}, {key: 'fleet_delta', name: 'fleet, %', digits: 3}, {key: 'fleet_shipped_share', name: 'shipped', text: data.share, numeric: true}],
      chart: (some) => {
        const most = Math.max(...some.map((row) => Math.max(row.representative_delta, row.holdout_delta)), 0.01);
        return charts.points(some.map((row) => ({x: row.representative_delta, y: row.holdout_delta, size: 12, colour: /^CONFIRMED/.test(row.holdout_verdict ?? '') ? charts.good : charts.bad, tip: charts.tip(row.technique, `representatives ${data.percent(row.representative_delta)}`, `holdout ${data.percent(row.holdout_delta)}`, row.holdout_verdict)})),
          'representatives, % NE', 'holdout, % NE', {series: [{type: 'line', silent: true, symbol: 'none', lineStyle: {type: 'dashed', color: charts.quiet}, data: [[0, 0], [most, most]]}]});
      },
    });
  }

  function candidates(state) {
    return figure({
      title: 'Rejected, but some models like them', says: 'Models that gained by more than tau and twice their standard error at some trial, beside how many would by luck.',
      table: 'candidates', rows: state.of('candidates'), wide: true, empty: 'None.',
      columns: [{key: 'technique'}, {key: 'reason', text: (value) => reasons[value] ?? value}, {key: 'models'}, {key: 'models_that_like', name: 'like it'}, {key: 'models_by_luck', name: 'by luck', digits: 1}, {key: 'mean_best_delta', name: 'their best gain, %', digits: 3}, {key: 'mean_shrunk_delta', name: 'of which real, %', digits: 3}, {key: 'which', name: 'models', long: true}],
    });
  }

  function page(state) {
    const rows = state.of('techniques');
    return [
      heading(`${data.number(rows.filter((row) => row.accepted).length, 0)} of ${data.plural(rows.length, 'technique')} accepted`, 'Each was tuned by Bayesian optimization on all representatives at once, and is accepted where the fleet gains and few models lose.'),
      element('div', {class: 'figures'}, leaderboard(rows), list(rows), matrix(state, rows), capacity(rows), transfer(state), candidates(state)),
    ];
  }

  return {page, reason, mark};
})();
