'use strict';
/** The report: which page is shown, of which cycle, in which theme. */
(() => {
  const {element} = view;
  const pages = [
    ['summary', 'Summary', summaryPage.page], ['fleet', 'Fleet', fleetPage.page], ['features', 'Features', fleetPage.features], ['techniques', 'Techniques', techniquesPage.page],
    ['technique', 'One technique', techniquePage.page], ['templates', 'Templates', modelsPage.templates], ['models', 'Models', modelsPage.page], ['study', 'Study', studyPage.page], ['runs', 'Runs', modelsPage.runs],
  ];
  const content = document.getElementById('content');
  const cycles = data.rows('cycles');

  const state = {
    cycle: cycles[0],
    technique: undefined,
    /** The study of the cycle that is shown; before the first cycle is through, the latest study. */
    study: () => (state.cycle ? state.cycle.study_id : data.rows('techniques').at(-1)?.study_id),
    /** The rows of a table that are of that study. */
    of: (table) => data.rows(table).filter((row) => row.study_id === state.study()),
    /** The rows of a table that the cycle's rebuilding wrote. */
    ofRun: (table) => data.rows(table).filter((row) => row.run_id === state.cycle?.run_id),
    iterations: () => state.ofRun('iterations'),
    choose: (technique) => { location.hash = `technique/${encodeURIComponent(technique)}`; },
  };

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch (broken) {
      return undefined;
    }
  }

  function show() {
    const [name, rest] = location.hash.slice(1).split('/');
    const current = pages.find(([key]) => key === name) ?? pages[0];
    if (current[0] === 'technique' && rest) state.technique = decoded(rest);
    view.forgetCharts();
    content.replaceChildren();
    document.querySelectorAll('nav a').forEach((link) => (link.hash === `#${current[0]}` ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current')));
    content.append(element('div', {}, [current[2](state)].flat(2).filter(Boolean)));
    view.redraw();
    document.title = `${current[1]} – SMT: ${data.about.name}`;
  }

  function theme(dark) {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    const button = document.getElementById('theme');
    button.setAttribute('aria-pressed', String(dark));
    view.redraw();
  }

  function start() {
    document.getElementById('name').textContent = data.about.name;
    document.getElementById('about').textContent = `Made ${data.time(data.about.made)} by SMT ${data.about.version} from ${data.about.warehouse}. Query shows how to ask again. Charts: Apache ECharts (Apache License 2.0).`;
    document.getElementById('pages').append(...pages.map(([key, name]) => element('li', {}, element('a', {href: `#${key}`}, name))));
    const choice = document.getElementById('cycle');
    choice.append(...cycles.map((cycle, i) => element('option', {value: i}, `${cycle.cycle} (${data.time(cycle.finished_at)})`)));
    document.getElementById('cycle-choice').hidden = cycles.length < 2;
    choice.addEventListener('change', () => { state.cycle = cycles[choice.value]; state.technique = undefined; show(); });
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', (event) => theme(event.matches));
    document.getElementById('theme').addEventListener('click', () => theme(document.documentElement.dataset.theme !== 'dark'));
    theme(dark.matches);
    window.addEventListener('hashchange', () => { show(); content.focus({preventScroll: true}); window.scrollTo(0, 0); });
    show();
  }

  start();
})();
