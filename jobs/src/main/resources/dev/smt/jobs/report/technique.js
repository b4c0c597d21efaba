'use strict';
/** One technique: its search, what the surrogate learned, its parameters, its models. */
const techniquePage = (() => {
  const {element, figure, heading, facts} = view;

  const inWords = (theta) => Object.entries(data.parsed(theta)).map(([name, value]) => `${short(name)} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`).join(', ');
  const short = (parameter) => (parameter ?? '').replace(/^[^.]+\./, '');

  function history(rows) {
    return figure({
      title: 'The search', says: 'Mean gain of each trial over the representatives, in their order. Hollow: more models lose than may. The line is the best feasible one so far.',
      table: 'trials', rows, empty: 'Made by smt mmo.',
      columns: [{key: 'trial'}, {key: 'mu', name: 'mu, %', digits: 3}, {key: 'regression_rate', name: 'models that lose', text: data.share, numeric: true}, {key: 'feasible'}, {key: 'suggested_by', name: 'suggested by'}, {key: 'models_failed', name: 'failed'}, {key: 'models_skipped', name: 'skipped'}, {key: 'flops_ratio', name: 'FLOPs ratio', digits: 3}, {key: 'theta', long: true}],
      chart: (some) => {
        let best = NaN;
        const sofar = some.map((row) => {
          if (row.feasible && data.isNumber(row.mu) && !(best >= row.mu)) best = row.mu;
          return [row.trial, best];
        }).filter((point) => data.isNumber(point[1]));
        return charts.points(some.filter((row) => data.isNumber(row.mu)).map((row) => ({
          group: row.suggested_by, x: row.trial, y: row.mu, symbol: row.feasible ? 'circle' : 'emptyCircle', size: 10,
          tip: charts.tip(`trial ${row.trial}`, inWords(row.theta), `mu ${data.percent(row.mu)}`, `${data.share(row.regression_rate)} of the models lose`, row.feasible ? 'feasible' : 'infeasible'),
        })), 'trial', 'mu, % NE', {x: {minInterval: 1}, series: [{type: 'line', name: 'best feasible', step: 'end', symbol: 'none', lineStyle: {color: charts.quiet}, itemStyle: {color: charts.quiet}, data: sofar}]});
      },
    });
  }

  const sliceColumns = [{key: 'parameter'}, {key: 'value'}, {key: 'other_parameter', name: 'other parameter'}, {key: 'other_value', name: 'other value'}, {key: 'mu', name: 'expected mu, %', digits: 3}, {key: 'mu_deviation', name: 'standard deviation', digits: 3}, {key: 'feasibility', name: 'probability of feasibility', text: data.share, numeric: true}];
  const sliceTip = (row) => charts.tip(`${short(row.parameter)} ${row.value}${row.other_parameter ? `, ${short(row.other_parameter)} ${row.other_value}` : ''}`, `expected mu ${data.percent(row.mu)} ± ${data.number(row.mu_deviation)}`, `feasible with probability ${data.share(row.feasibility)}`);
  const label = (value) => (value !== '' && !Number.isNaN(Number(value)) ? String(Number(Number(value).toPrecision(3))) : value);

  function slice(parameter, rows, best) {
    return figure({
      title: `Along ${short(parameter)}`, says: 'What the surrogate expects of mu when only this parameter moves from the best point (diamond), with twice its standard deviation.',
      table: 'slices', rows, columns: sliceColumns, height: 260,
      chart: (some) => ({
        grid: {top: 14, bottom: 44},
        tooltip: {trigger: 'axis', formatter: (items) => sliceTip(some[items[0].dataIndex])},
        xAxis: charts.nameless(some.map((row) => label(row.value)), {name: short(parameter), nameLocation: 'middle', nameGap: 28, boundaryGap: some.length < 5}),
        yAxis: charts.named('mu, % NE', {nameGap: 46}),
        series: [
          {type: 'line', stack: 'band', symbol: 'none', lineStyle: {opacity: 0}, data: some.map((row) => row.mu - 2 * row.mu_deviation), stackStrategy: 'all'},
          {type: 'line', stack: 'band', symbol: 'none', lineStyle: {opacity: 0}, areaStyle: {color: charts.palette[0], opacity: 0.15}, data: some.map((row) => 4 * row.mu_deviation), stackStrategy: 'all'},
          {type: 'line', symbol: some.length < 5 ? 'circle' : 'none', symbolSize: 9, lineStyle: {color: charts.palette[0], width: 2}, itemStyle: {color: charts.palette[0]}, data: some.map((row) => row.mu), markLine: charts.level({yAxis: 0})},
          {type: 'scatter', symbol: 'diamond', symbolSize: 14, itemStyle: {color: charts.palette[1]}, data: nearest(some, 'value', best).map((i) => [i, some[i].mu])},
        ],
      }),
    });
  }

  /** The index of the row whose value is nearest to another; none where there is nothing to compare. */
  function nearest(rows, key, value) {
    if (value === undefined) return [];
    const far = (row) => (typeof value === 'number' ? Math.abs(Math.log((Number(row[key]) + 1e-12) / (value + 1e-12))) || Math.abs(Number(row[key]) - value) : row[key] === String(value) ? 0 : 1);
    const at = rows.map(far);
    return [at.indexOf(Math.min(...at))];
  }

  function plane(rows, best) {
    if (!rows.length) return null;
    const {parameter, other_parameter: other} = rows[0];
    const distinct = (key) => [...new Set(rows.map((row) => row[key]))].sort((a, b) => (Number.isNaN(Number(a)) ? 0 : Number(a) - Number(b)));
    const across = distinct('value');
    const down = distinct('other_value');
    const pick = (key, names, value) => nearest(names.map((name) => ({[key]: name})), key, value)[0];
    const at = [pick('value', across, best[parameter]), pick('other_value', down, best[other])];
    return figure({
      title: `${short(parameter)} and ${short(other)} together`, says: 'What the surrogate expects of mu over the two parameters that move it most; the diamond is the best point.',
      table: 'slices', rows, columns: sliceColumns, height: 420,
      chart: (some) => charts.surface(some.map((row) => ({x: label(row.value), y: label(row.other_value), value: row.mu, tip: sliceTip(row)})), short(parameter), short(other), across.map(label), down.map(label), at.every((i) => i !== undefined) ? [at] : []),
    });
  }

  function importance(rows) {
    return figure({
      title: 'Which parameters matter', says: "Each parameter's share of what changes mu over the search space, all interactions counted. Blue: stays open to each model (EXPOSE); grey: set once for all.",
      table: 'sensitivity', rows, empty: 'Made by smt sensitivity.', height: Math.max(200, 90 + 26 * rows.length),
      columns: [{key: 'parameter', text: short}, {key: 'decision'}, {key: 'total_index', name: 'total Sobol index', digits: 3}, {key: 'first_order_index', name: 'by itself', digits: 3}, {key: 'beta', name: 'effect (Eq. 7), % NE', digits: 3}, {key: 'beta_se', name: 'standard error', digits: 3}, {key: 'variance_across_models', name: 'variance across models', digits: 4}, {key: 'reason', long: true}],
      chart: (some) => {
        const down = [...some].reverse();
        return {
          grid: {top: 10, bottom: 46},
          tooltip: {formatter: (item) => item.data.tip},
          xAxis: charts.named('total Sobol index', {scale: false, min: 0}),
          yAxis: charts.nameless(down.map((row) => short(row.parameter)), {axisLabel: {width: 150, overflow: 'truncate', interval: 0}}),
          series: [{type: 'bar', barMaxWidth: 18, data: down.map((row) => ({value: row.total_index ?? 0, itemStyle: {color: row.decision === 'EXPOSE' ? charts.palette[0] : charts.quiet}, tip: charts.tip(short(row.parameter), row.decision === 'EXPOSE' ? 'stays open to each model' : 'set once for all', `total index ${data.number(row.total_index)}`, row.reason)}))}],
        };
      },
    });
  }

  function models(state, technique) {
    const effects = state.of('effects').filter((row) => row.technique === technique);
    return figure({
      title: 'On each model', says: 'Effect on each representative, with its 95 % interval of rows and seeds.',
      table: 'effects', rows: [...effects].sort((a, b) => b.mean - a.mean), height: Math.max(200, 90 + 22 * effects.length), empty: 'Made by smt mmo.',
      columns: [{key: 'model_id', name: 'model'}, {key: 'mean', name: 'effect, % NE', digits: 3}, {key: 'standard_error', name: 'standard error', digits: 3}, {key: 'replicates', name: 'trainings'}, {key: 'regression_probability', name: 'probability that it loses', text: data.share, numeric: true}],
      chart: (some) => charts.forest(some.map((row) => ({name: row.model_id, value: row.mean, low: row.mean - 1.96 * row.standard_error, high: row.mean + 1.96 * row.standard_error, colour: row.regression_probability > 0.5 ? charts.bad : charts.good, tip: charts.tip(row.model_id, `${data.percent(row.mean)} (${data.interval(row.mean - 1.96 * row.standard_error, row.mean + 1.96 * row.standard_error)})`, `loses with probability ${data.share(row.regression_probability)}`)})), 'effect, % NE'),
    });
  }

  function frontier(state, technique) {
    const best = state.of('frontier').filter((row) => row.technique === technique);
    const rows = state.of('trials').filter((row) => row.technique === technique && data.isNumber(row.mu) && data.isNumber(row.flops_ratio));
    const costs = new Set(rows.map((row) => row.flops_ratio)).size;
    if (costs < 2) return null;
    return figure({
      title: 'Gain against cost', says: 'All trials; the line joins the feasible ones that no other beats at the same or a lower cost.', table: 'trials', rows,
      columns: [{key: 'trial'}, {key: 'mu', name: 'mu, %', digits: 3}, {key: 'flops_ratio', name: 'FLOPs ratio', digits: 4}, {key: 'bytes_ratio', name: 'bytes ratio', digits: 4}, {key: 'feasible'}],
      chart: (some) => charts.points(some.map((row) => ({x: row.flops_ratio, y: row.mu, symbol: row.feasible ? 'circle' : 'emptyCircle', tip: charts.tip(`trial ${row.trial}`, inWords(row.theta), `mu ${data.percent(row.mu)}`, `FLOPs × ${data.number(row.flops_ratio, 3)}`)})), 'FLOPs ratio', 'mu, % NE',
        {series: [{type: 'line', silent: true, symbol: 'none', lineStyle: {color: charts.quiet}, data: best.map((row) => [row.flops_ratio, row.mu])}], markLine: charts.level({xAxis: 1})}),
    });
  }

  function one(state, technique) {
    const row = state.of('techniques').find((other) => other.technique === technique);
    const best = data.parsed(row.theta_star);
    const trials = state.of('trials').filter((other) => other.technique === technique);
    const cost = state.of('cost').find((other) => other.technique === technique);
    const slices = state.of('slices').filter((other) => other.technique === technique);
    const parameters = [...new Set(slices.filter((other) => !other.other_parameter).map((other) => other.parameter))];
    return [
      element('section', {class: 'card wide'}, facts([
        ['decision', techniquesPage.reason(row)], ['searched on', trials.some((trial) => trial.rows_share < 1) ? `${data.share(Math.min(...trials.filter((trial) => data.isNumber(trial.rows_share)).map((trial) => trial.rows_share)))} of the training rows` : ''], ['best parameters', inWords(row.theta_star)], ['observed gain', data.percent(row.mu_star)],
        ['believed gain', data.isNumber(row.mu) ? `${data.percent(row.mu)} (${data.interval(row.mu_low, row.mu_high)})` : ''], ['models that lose', `${data.share(row.regression_rate)} (${data.share(row.regression_rate_low)} to ${data.share(row.regression_rate_high)})`],
        ['good enough with probability', data.share(row.acceptance)], ['holdout', row.holdout_verdict ? `${row.holdout_verdict.toLowerCase().replace(/_/g, ' ')}, ${data.percent(row.holdout_mu)}` : ''], ['FLOPs, bytes', data.isNumber(row.flops_ratio) ? `× ${data.number(row.flops_ratio, 3)}, × ${data.number(row.bytes_ratio, 3)}` : ''],
        ['trainings', cost ? `${data.number(cost.trainings, 0)}, ${data.duration(cost.hours)} of one slot${cost.failed ? `, ${cost.failed} failed` : ''}` : ''], ['what would close it', row.to_close ?? ''],
      ])),
      history(trials), models(state, technique), importance(state.of('sensitivity').filter((other) => other.technique === technique)), plane(slices.filter((other) => other.other_parameter), best),
      ...parameters.map((parameter) => slice(parameter, slices.filter((other) => other.parameter === parameter && !other.other_parameter), best[parameter])),
      frontier(state, technique),
    ];
  }

  function page(state) {
    const names = state.of('techniques').map((row) => row.technique);
    if (!names.length) return heading('No technique was tried yet', 'Made by smt mmo.');
    const chosen = names.includes(state.technique) ? state.technique : names[0];
    const choice = element('select', {id: 'technique', onchange: (event) => state.choose(event.target.value)}, names.map((name) => element('option', {value: name, selected: name === chosen}, name)));
    return [heading(chosen), element('div', {class: 'choice'}, element('label', {for: 'technique'}, 'Technique'), choice), element('div', {class: 'figures'}, one(state, chosen))];
  }

  return {page};
})();
