'use strict';
/** The fleet: its map, what stands for it, its templates, its features. */
const fleetPage = (() => {
  const {element, figure, heading} = view;

  const attributes = (row) => [`${row.ranking_stage}, ${row.surface}`, `event ${row.event}`, `${data.size(row.flops)} FLOPs, ${row.hardware}`, `data: ${row.data_constraint}`, `weight ${data.number(row.weight)}`];
  const role = (row) => (row.is_representative ? 'representative' : row.is_holdout ? 'holdout' : 'other');

  function map() {
    const rows = data.rows('models').filter((row) => data.isNumber(row.pc1));
    const symbols = {representative: 'diamond', holdout: 'triangle', other: 'circle'};
    return figure({
      title: 'The map of the fleet', says: 'Models near each other are alike in their six attributes; colour is the cluster. Diamonds stand for their cluster in studies, triangles are held out to check.',
      table: 'models', rows, wide: true, height: 440, empty: 'Made by smt representatives.',
      columns: [{key: 'model_id', name: 'model'}, {key: 'cluster'}, {key: 'is_representative', name: 'representative'}, {key: 'is_holdout', name: 'holdout'}, {key: 'ranking_stage', name: 'stage'}, {key: 'surface'}, {key: 'event'}, {key: 'flops', name: 'FLOPs', text: data.size}, {key: 'hardware'}, {key: 'data_constraint', name: 'data constraint'}, {key: 'template'}],
      chart: (some) => charts.points([...some].sort((a, b) => a.cluster - b.cluster).map((row) => ({
        group: `cluster ${row.cluster}`, x: row.pc1, y: row.pc2, symbol: symbols[role(row)], size: role(row) === 'other' ? 9 : 16,
        tip: charts.tip(row.model_id, `cluster ${row.cluster}, ${role(row)}`, ...attributes(row)),
      })), 'first principal coordinate', 'second'),
    });
  }

  function elbow() {
    return figure({
      title: 'How many models stand for it', says: 'Within-cluster sum of squares for each number of clusters; the filled point was chosen.',
      table: 'elbow', rows: data.rows('elbow'), empty: 'Made by smt representatives.',
      columns: [{key: 'k', name: 'clusters'}, {key: 'wssse', name: 'sum of squares'}, {key: 'silhouette', digits: 3}, {key: 'is_elbow', name: 'chosen'}],
      chart: (some) => ({
        grid: {top: 14, bottom: 46},
        tooltip: {formatter: (item) => item.data.tip},
        xAxis: charts.named('clusters', {minInterval: 1}), yAxis: charts.named('sum of squares', {nameGap: 46, scale: false}),
        series: [{type: 'line', data: some.map((row) => ({value: [row.k, row.wssse], symbol: row.is_elbow ? 'circle' : 'emptyCircle', symbolSize: row.is_elbow ? 14 : 6, tip: charts.tip(`${row.k} clusters`, `sum of squares ${data.number(row.wssse)}`, data.isNumber(row.silhouette) ? `silhouette ${data.number(row.silhouette)}` : '')}))}],
      }),
    });
  }

  function coverage() {
    const rows = data.rows('models');
    return figure({
      title: 'Which template serves which model', says: 'Inference FLOPs of each model, by the template that it is built from (Fig. 3 of the paper); colour is the ranking stage.',
      table: 'models', rows, empty: 'Made by smt ingest.',
      columns: [{key: 'model_id', name: 'model'}, {key: 'template'}, {key: 'ranking_stage', name: 'stage'}, {key: 'flops', name: 'FLOPs', text: data.size}, {key: 'hardware'}, {key: 'baseline'}],
      chart: (some) => {
        const templates = [...new Set(some.map((row) => row.template))].sort().reverse();
        const option = charts.points(some.map((row, i) => ({
          group: row.ranking_stage, x: row.flops, y: templates.indexOf(row.template) + ((i * 7) % 11 - 5) / 22, size: 8,
          tip: charts.tip(row.model_id, row.template, ...attributes(row)),
        })), 'inference FLOPs per example', '', {x: {type: 'log', axisLabel: {formatter: data.size}}});
        option.yAxis = charts.named('', {min: -0.5, max: templates.length - 0.5, interval: 0.5, axisLabel: {formatter: (at) => templates[at] ?? ''}, splitLine: {show: false}});
        return option;
      },
    });
  }

  function page() {
    const rows = data.rows('models');
    const chosen = rows.filter((row) => row.is_representative).length;
    return [
      heading(`${data.plural(rows.length, 'model')}${chosen ? `, ${chosen} of which stand for all` : ''}`, 'Every new technique is tuned on the representatives only; the held-out models then check what that foretold.'),
      element('div', {class: 'figures'}, map(), elbow(), coverage()),
    ];
  }

  function importance(type, rows) {
    return figure({
      title: type === 'ID' ? 'ID features' : `${type[0]}${type.slice(1).toLowerCase()} features`, says: `Rise of NE when the feature's values are shuffled, with 95 % intervals. Green: in the templates (${rows.filter((row) => data.isNumber(row.selected_rank)).length} of ${rows.length}).`,
      table: 'importance', rows, height: Math.min(900, 90 + 22 * rows.length),
      columns: [{key: 'feature'}, {key: 'feature_type', name: 'type'}, {key: 'importance', name: 'importance, % NE', digits: 4}, {key: 'importance_se', name: 'standard error', digits: 4}, {key: 'rank'}, {key: 'selected_rank', name: 'rank in the templates'}, {key: 'method'}],
      chart: (some) => charts.forest(some.slice(0, 300).map((row) => ({
        name: row.feature, value: row.importance, low: row.importance - 1.96 * row.importance_se, high: row.importance + 1.96 * row.importance_se,
        colour: data.isNumber(row.selected_rank) ? charts.good : charts.quiet,
        tip: charts.tip(row.feature, `importance ${data.percent(row.importance, 4)} NE`, data.isNumber(row.selected_rank) ? 'in the templates' : 'left out'),
      })), 'importance, % NE'),
    });
  }

  function features() {
    const rows = data.rows('importance');
    const types = [...new Set(rows.map((row) => row.feature_type))].sort();
    if (!types.length) return heading('No feature was measured yet', 'Made by smt importance.');
    return [
      heading(`${data.plural(rows.length, 'feature')}, ${data.number(rows.filter((row) => data.isNumber(row.selected_rank)).length, 0)} in the templates`, 'Measured on the representatives, as a mean over the fleet; the most important of each type are what templates take.'),
      element('div', {class: 'figures'}, types.map((type) => importance(type, rows.filter((row) => row.feature_type === type)))),
    ];
  }

  return {page, features};
})();
