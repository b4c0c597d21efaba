'use strict';
/** Elements: what pages are made of. All text goes in as text, never as HTML. */
const view = (() => {
  const drawn = new Set();
  const CHART_HEIGHT = 340;
  const LARGEST_TABLE = 1000;

  /** An element with attributes (on... are listeners) and children (elements, or texts). */
  function element(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined || value === false || value === null) continue;
      if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? '' : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
    return node;
  }

  const isDark = () => document.documentElement.dataset.theme === 'dark';

  /** Keeps a chart to be drawn into an element, which must be on the page by then: charts take the size of their place. */
  function chart(holder, option) {
    drawn.add({holder, draw: () => {
      echarts.getInstanceByDom(holder)?.dispose();
      echarts.init(holder, null, {renderer: 'canvas'}).setOption(charts.themed(option(), isDark()));
    }});
  }

  function forgetCharts() {
    drawn.forEach(({holder}) => echarts.getInstanceByDom(holder)?.dispose());
    drawn.clear();
  }

  /** Draws all charts of the page; again when the theme changes. */
  const redraw = () => drawn.forEach(({draw}) => draw());
  window.addEventListener('resize', () => drawn.forEach(({holder}) => echarts.getInstanceByDom(holder)?.resize()));

  function shown(column, row) {
    const value = column.value ? column.value(row) : row[column.key];
    if (column.text) return column.text(value, row);
    if (typeof value === 'number') return data.number(value, column.digits ?? (Number.isInteger(value) ? 0 : 3));
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    return value === null || value === undefined ? '' : String(value);
  }

  function cell(column, row) {
    const mark = column.mark ? column.mark(row) : '';
    const numeric = column.numeric ?? typeof row[column.key] === 'number';
    return element('td', {class: [numeric ? 'number' : '', mark ? 'mark ' + mark : '', column.long ? 'long' : ''].join(' ').trim() || undefined}, shown(column, row));
  }

  function compared(a, b) {
    if (a === null || a === undefined) return 1;
    if (b === null || b === undefined) return -1;
    return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  }

  /** A table that is sorted by the column whose head is pressed; columns without any cell are left out. */
  function table(caption, all, rows) {
    const columns = all.filter((column) => rows.some((row) => shown(column, row) !== ''));
    const body = element('tbody');
    const fill = (some) => body.replaceChildren(...some.slice(0, LARGEST_TABLE).map((row) => element('tr', {}, columns.map((column) => cell(column, row)))));
    let by = null;
    let falling = false;
    const heads = columns.map((column) => {
      const numeric = column.numeric ?? rows.some((row) => typeof row[column.key] === 'number');
      const head = element('th', {scope: 'col', class: numeric ? 'number' : undefined},
        element('button', {type: 'button', onclick: () => {
          falling = by === column ? !falling : numeric;
          by = column;
          heads.forEach((other) => other.removeAttribute('aria-sort'));
          head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
          fill([...rows].sort((a, b) => (falling ? -1 : 1) * compared(a[column.key], b[column.key])));
        }}, column.name ?? column.key));
      return head;
    });
    fill(rows);
    const more = rows.length > LARGEST_TABLE ? ` (the first ${LARGEST_TABLE} of ${data.number(rows.length, 0)}; CSV has all)` : '';
    return element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption},
      element('table', {}, element('caption', {}, caption + more), element('thead', {}, element('tr', {}, heads)), body));
  }

  function save(name, text) {
    const link = element('a', {href: URL.createObjectURL(new Blob([text], {type: 'text/csv'})), download: name});
    document.body.append(link);
    link.click();
    link.remove();
  }

  function toggle(name, make, place) {
    let made = null;
    const button = element('button', {type: 'button', 'aria-expanded': 'false', onclick: () => {
      const open = button.getAttribute('aria-expanded') !== 'true';
      button.setAttribute('aria-expanded', String(open));
      made ??= place.appendChild(make());
      made.hidden = !open;
    }}, name);
    return button;
  }

  function tools(spec, rows, place) {
    const query = () => element('pre', {tabindex: '0'}, `${data.about.command} "${data.sql(spec.table)}"`);
    return element('div', {class: 'tools'},
      spec.chart ? toggle('Table', () => table(spec.title, spec.columns, rows), place) : null,
      element('button', {type: 'button', onclick: () => save(`${spec.table}.csv`, data.csv(rows))}, 'CSV'),
      spec.table ? toggle('Query', query, place) : null);
  }

  /**
   * A figure: a chart or a table of rows, with the rows behind it, as CSV, and its query.
   * spec: title, says, table (its name in the data), rows, columns [{key, name, digits, text, mark, long}], chart (rows to an ECharts
   * option; without it the table is the figure), height, wide, empty (what to do where there are no rows).
   */
  function figure(spec) {
    const node = element('figure', {class: spec.wide ? 'wide' : undefined, 'data-figure': spec.table}, element('h2', {}, spec.title), spec.says ? element('p', {class: 'says'}, spec.says) : null);
    if (spec.rows.length === 0) {
      node.append(element('p', {class: 'empty'}, spec.empty ?? 'No rows.'));
      return node;
    }
    const place = element('div');
    if (spec.chart) {
      const holder = element('div', {class: 'chart', role: 'img', 'aria-label': `${spec.title}. ${spec.says ?? ''} The rows are below, under Table.`, style: `height:${spec.height ?? CHART_HEIGHT}px`});
      node.append(holder);
      chart(holder, () => spec.chart(spec.rows));
    } else {
      place.append(table(spec.title, spec.columns, spec.rows));
    }
    node.append(tools(spec, spec.rows, place), place);
    return node;
  }

  const tile = (what, value, more, mark) => element('li', {class: 'tile'}, element('span', {class: 'what'}, what), element('span', {class: 'value ' + (mark ?? '')}, value), element('span', {class: 'more'}, more ?? ''));
  const tiles = (...some) => element('ul', {class: 'tiles'}, some);
  const heading = (title, lead) => [element('h1', {}, title), lead ? element('p', {class: 'lead'}, lead) : null];
  const facts = (pairs) => element('dl', {class: 'facts'}, pairs.filter(([, value]) => value !== '' && value !== null && value !== undefined).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, String(value))]));

  return {element, figure, tile, tiles, heading, facts, table, redraw, forgetCharts};
})();
