'use strict';
/** Charts: from rows to options of ECharts. */
const charts = (() => {
  // Okabe and Ito's colours: told apart by colour-blind readers.
  const palette = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a7f00', '#7a7a7a'];
  const onDark = ['#56b4e9', '#f0b840', '#2cc295', '#dd9cc3', '#9bd3f5', '#f58b4c', '#c9bd3a', '#b0b0b0'];
  const good = '#009e73';
  const bad = '#d55e00';
  const quiet = '#8a93a5';
  const html = (text) => echarts.format.encodeHTML(String(text ?? ''));

  /** A tooltip's text from lines, all of them escaped; the first is its title. */
  const tip = (title, ...lines) => [`<strong>${html(title)}</strong>`, ...lines.filter((line) => line).map(html)].join('<br>');

  function themed(option, dark) {
    const ink = dark ? '#e6e9ef' : '#1d2433';
    const soft = dark ? '#a0a9ba' : '#5a6376';
    const line = dark ? '#2d3544' : '#e2e4ea';
    const axis = (one) => ({
      ...one,
      nameTextStyle: {color: soft, ...one.nameTextStyle},
      axisLabel: {color: soft, hideOverlap: true, ...one.axisLabel},
      axisLine: {lineStyle: {color: line}, ...one.axisLine},
      splitLine: {lineStyle: {color: line}, ...one.splitLine},
    });
    const each = (some) => (some ? [some].flat().map(axis) : undefined);
    return {
      color: dark ? onDark : palette,
      animation: false,
      aria: {enabled: true},
      textStyle: {color: ink, fontFamily: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'},
      ...option,
      grid: {containLabel: true, left: option.yAxis?.name ? 48 : 24, right: 24, top: 36, bottom: 34, ...option.grid},
      legend: option.legend ? {textStyle: {color: soft}, top: 0, left: 0, type: 'scroll', itemHeight: 10, ...option.legend} : undefined,
      tooltip: {confine: true, backgroundColor: dark ? '#232b39' : '#ffffff', borderColor: line, textStyle: {color: ink, fontSize: 13}, ...option.tooltip},
      visualMap: option.visualMap ? {textStyle: {color: soft}, ...option.visualMap} : undefined,
      xAxis: each(option.xAxis),
      yAxis: each(option.yAxis),
    };
  }

  const named = (name, more = {}) => ({type: 'value', name, nameLocation: 'middle', nameGap: 30, scale: true, ...more});
  const nameless = (names, more = {}) => ({type: 'category', data: names, axisTick: {show: false}, splitLine: {show: false}, ...more});

  /** Characters of an axis label that fit. */
  const room = 16;

  /** Names; where one is too long for its label, without the beginning that all of them share, up to a separator: what is left tells them apart. */
  function apart(all) {
    const names = all.map((name) => String(name ?? ''));
    if (names.every((name) => name.length <= room)) return names;
    let shared = 0;
    for (let i = 0; names.length > 1 && names.every((name) => i < name.length - 1 && name[i] === names[0][i]); i++) {
      if (/[-_./ ]/.test(names[0][i])) shared = i + 1;
    }
    return names.map((name) => name.slice(shared));
  }

  /** Bars of an error or interval: data are [place, low, high, ...]; along y, or along x where horizontal. */
  function errors(values, colour, horizontal = false) {
    return {
      type: 'custom', silent: true, z: 3, data: values, tooltip: {show: false}, encode: horizontal ? {x: [1, 2], y: 0} : {x: 0, y: [1, 2]},
      renderItem: (params, api) => {
        const at = (value) => (horizontal ? api.coord([value, api.value(0)]) : api.coord([api.value(0), value]));
        const [low, high] = [at(api.value(1)), at(api.value(2))];
        const cap = horizontal ? [0, 3] : [3, 0];
        const stroke = {stroke: colour, lineWidth: 1.3, fill: null};
        const line = (a, b) => ({type: 'line', shape: {x1: a[0], y1: a[1], x2: b[0], y2: b[1]}, style: stroke});
        const capped = (p) => line([p[0] - cap[0], p[1] - cap[1]], [p[0] + cap[0], p[1] + cap[1]]);
        return {type: 'group', children: [line(low, high), capped(low), capped(high)]};
      },
    };
  }

  const level = (value, label) => ({symbol: 'none', silent: true, lineStyle: {color: quiet, type: 'dashed'}, label: {show: Boolean(label), formatter: label, color: quiet}, data: [value]});

  /** Names down, an interval each: rows of {name, value, low, high, colour, tip}. */
  function forest(rows, axis) {
    const down = [...rows].reverse();
    return {
      grid: {top: 10, bottom: 46},
      tooltip: {formatter: (item) => item.data.tip},
      xAxis: named(axis),
      yAxis: nameless(apart(down.map((row) => row.name)), {axisLabel: {width: 150, overflow: 'truncate', interval: 0}}),
      dataZoom: down.length > 40 ? [{type: 'slider', yAxisIndex: 0, startValue: down.length - 40, endValue: down.length - 1, width: 14, right: 4}] : undefined,
      series: [
        {type: 'scatter', symbolSize: 10, markLine: level({xAxis: 0}), data: down.map((row, i) => ({value: [row.value, i], itemStyle: {color: row.colour}, tip: row.tip}))},
        errors(down.map((row, i) => [i, row.low, row.high]).filter((row) => data.isNumber(row[1]) && data.isNumber(row[2])), quiet, true),
      ],
    };
  }

  /** Bars in their order with errors: rows of {name, value, error, colour, tip}. */
  function sortedBars(rows, axis, names) {
    return {
      grid: {bottom: rows.length > 30 ? 40 : 4, top: 14},
      tooltip: {formatter: (item) => item.data.tip},
      xAxis: nameless(apart(rows.map((row) => row.name)), {name: rows.length > 30 ? names : '', nameLocation: 'middle', nameGap: 16, axisLabel: {show: rows.length <= 30, rotate: rows.length > 4 ? 40 : 0, interval: rows.length > 8 && window.innerWidth < 700 ? 'auto' : 0, hideOverlap: false, width: 120, overflow: 'truncate'}}),
      yAxis: named(axis, {nameGap: 44, scale: false}),
      series: [
        {type: 'bar', barCategoryGap: '20%', data: rows.map((row) => ({value: row.value, itemStyle: {color: row.colour}, tip: row.tip}))},
        errors(rows.map((row, i) => [i, row.value - 1.96 * row.error, row.value + 1.96 * row.error]).filter((row) => data.isNumber(row[1])), quiet),
      ],
    };
  }

  /** Points by group: rows of {group, x, y, tip, symbol, size}. */
  function points(rows, x, y, more = {}) {
    const groups = [...new Set(rows.map((row) => row.group))];
    return {
      grid: {top: groups.length > 1 ? 44 : 16, bottom: 46},
      legend: groups.length > 1 && groups[0] !== undefined ? {} : undefined,
      tooltip: {formatter: (item) => item.data.tip},
      xAxis: named(x, more.x),
      yAxis: named(y, {nameGap: 46, ...more.y}),
      series: groups.map((group, i) => ({
        type: 'scatter', name: group, itemStyle: {opacity: 0.85}, markLine: i === 0 ? more.markLine : undefined,
        data: rows.filter((row) => row.group === group).map((row) => ({value: [row.x, row.y], symbol: row.symbol ?? 'circle', symbolSize: row.size ?? 9, itemStyle: row.colour ? {color: row.colour} : undefined, tip: row.tip})),
      })).concat(more.series ?? []),
    };
  }

  /** A matrix: cells of {x, y, value, tip} by name; diverging about 0. */
  function heat(cells, across, down) {
    const limit = quantile(cells.map((one) => Math.abs(one.value)).filter(data.isNumber), 0.97) || 1;
    const column = new Map(across.map((name, i) => [name, i]));
    const row = new Map(down.map((name, i) => [name, i]));
    return {
      grid: {top: 10, bottom: 66},
      tooltip: {formatter: (item) => item.data.tip},
      xAxis: nameless(apart(across), {axisLabel: {rotate: 40, interval: across.length > 40 ? 'auto' : 0, width: 110, overflow: 'truncate'}}),
      yAxis: nameless(apart(down), {axisLabel: {width: 140, overflow: 'truncate', interval: down.length > 40 ? 'auto' : 0}, inverse: true}),
      visualMap: {type: 'continuous', min: -limit, max: limit, calculable: true, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 160, itemWidth: 12, precision: 2, text: ['better, % NE', 'worse'], inRange: {color: ['#a63603', '#f0a36b', '#f2f2ee', '#6fb3d9', '#08519c']}},
      series: [{type: 'heatmap', progressive: 4000, data: cells.map((one) => ({value: [column.get(one.x), row.get(one.y), one.value], tip: one.tip}))}],
    };
  }

  /** A surface over two parameters: cells of {x, y, value, tip}. */
  function surface(cells, x, y, across, down, mark) {
    const values = cells.map((one) => one.value);
    return {
      grid: {top: 10, bottom: 92, right: 16},
      tooltip: {formatter: (item) => item.data.tip},
      xAxis: nameless(across, {name: x, nameLocation: 'middle', nameGap: 28}),
      yAxis: nameless(down, {name: y, nameLocation: 'middle', nameGap: 62}),
      visualMap: {type: 'continuous', min: Math.min(...values), max: Math.max(...values), seriesIndex: 0, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 160, itemWidth: 12, precision: 2, text: ['mu, % NE', ''], inRange: {color: ['#440154', '#31688e', '#35b779', '#fde725']}},
      series: [
        {type: 'heatmap', data: cells.map((one) => ({value: [across.indexOf(one.x), down.indexOf(one.y), one.value], tip: one.tip}))},
        {type: 'scatter', symbol: 'diamond', symbolSize: 14, itemStyle: {color: '#ffffff', borderColor: '#000000', borderWidth: 1.5}, data: mark, z: 5},
      ],
    };
  }

  function quantile(values, at) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] : undefined;
  }

  return {themed, tip, html, palette, good, bad, quiet, named, nameless, errors, level, forest, sortedBars, points, heat, surface};
})();
