'use strict';
/** The report's data: tables of rows, and how numbers are written. */
const data = (() => {
  const raw = JSON.parse(document.getElementById('report-data').textContent);
  const known = new Map();

  function column(cells) {
    return Array.isArray(cells) ? cells : cells.codes.map((code) => (code < 0 ? null : cells.texts[code]));
  }

  /** The rows of a table as objects; none where the report lacks it. */
  function rows(name) {
    if (!known.has(name)) {
      const table = raw.tables[name];
      const columns = Object.entries(table.columns).map(([key, cells]) => [key, column(cells)]);
      known.set(name, Array.from({length: table.rows}, (_, i) => Object.fromEntries(columns.map(([key, cells]) => [key, cells[i]]))));
    }
    return known.get(name);
  }

  const sql = (name) => raw.tables[name].sql;
  const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

  /** A number with so many decimals, a true minus sign, and thousands apart. */
  function number(value, digits = 2) {
    if (!isNumber(value)) return '';
    const text = Math.abs(value).toLocaleString('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits});
    return value < 0 && Number(text.replace(/,/g, '')) !== 0 ? '\u2212' + text : text;
  }

  const signed = (value, digits = 2) => (isNumber(value) ? (value > 0 ? '+' : '') + number(value, digits) : '');
  const percent = (value, digits = 2) => (isNumber(value) ? signed(value, digits) + ' %' : '');
  const share = (value) => (isNumber(value) ? number(100 * value, 1) + ' %' : '');
  const interval = (low, high, digits = 2) => (isNumber(low) && isNumber(high) ? signed(low, digits) + ' to ' + signed(high, digits) : '');

  /** 1.5e9 as 1.5 G. */
  function size(value) {
    if (!isNumber(value)) return '';
    const steps = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']];
    const step = steps.find(([least]) => Math.abs(value) >= least);
    return step ? number(value / step[0], value / step[0] < 10 ? 1 : 0) + ' ' + step[1] : number(value, 0);
  }

  const time = (text) => (text ? text.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC') : '');
  /** A span of hours, in the unit that suits it. */
  function duration(hours) {
    if (!isNumber(hours)) return '';
    if (hours < 2 / 60) return plural(Math.round(3600 * hours), 'second');
    return hours < 2 ? plural(Math.round(60 * hours), 'minute') : `${number(hours, hours < 10 ? 1 : 0)} hours`;
  }

  const plural = (count, noun) => `${number(count, 0)} ${noun}${count === 1 ? '' : 's'}`;

  /** All columns of rows, as they are in the data. */
  function csv(some) {
    const columns = Object.keys(some[0]);
    const quoted = (cell) => {
      const text = cell === null || cell === undefined ? '' : String(cell);
      return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    };
    return [columns.map(quoted), ...some.map((row) => columns.map((key) => quoted(row[key])))].map((line) => line.join(',')).join('\r\n') + '\r\n';
  }

  function parsed(json) {
    try {
      return JSON.parse(json) || {};
    } catch (broken) {
      return {};
    }
  }

  return {about: raw.about, rows, sql, isNumber, number, signed, percent, share, interval, size, time, duration, plural, csv, parsed};
})();
