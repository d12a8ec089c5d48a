/**
 * The page's only script: tabs, what a pointer or a key shows of a drawing, and files of figures. The page can be read
 * without it. Plain JavaScript as it stands in the page, without any value of the user's in it.
 */
import { sha256 } from '../core/sha256.js';

/** Content of the script element. */
export const PAGE_SCRIPT = String.raw`'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Tabs: one section at a time, by click, arrow keys or the fragment of the address
  const tabs = all('nav.tabs a');
  const panels = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
  const select = (chosen, takesFocus) => {
    tabs.forEach((tab, index) => {
      const isChosen = index === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      panels[index].classList.toggle('away', !isChosen);
      if (isChosen && takesFocus) tab.focus();
    });
  };
  const show = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const index = panels.findIndex((panel) => target && panel.contains(target));
    select(Math.max(0, index), false);
    if (index >= 0 && target !== panels[index]) target.scrollIntoView({ block: 'center' });
  };
  if (tabs.length > 1) {
    document.querySelector('nav.tabs').setAttribute('role', 'tablist');
    tabs.forEach((tab, index) => {
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', panels[index].id);
      panels[index].setAttribute('role', 'tabpanel');
      tab.addEventListener('click', (event) => {
        event.preventDefault();
        history.replaceState(null, '', tab.hash);
        select(index, false);
      });
      tab.addEventListener('keydown', ({ key }) => {
        const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: tabs.length - 1 }[key];
        if (to === undefined) return;
        const next = (to + tabs.length) % tabs.length;
        history.replaceState(null, '', tabs[next].hash);
        select(next, true);
      });
    });
    addEventListener('hashchange', show);
    show();
  }

  // Tips
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.setAttribute('role', 'status');
  tip.hidden = true;
  document.body.append(tip);
  const hide = () => { tip.hidden = true; };
  const tell = (text, { left, top, width, height }) => {
    tip.textContent = text;
    tip.hidden = false;
    const x = Math.min(Math.max(8, left + width / 2 - tip.offsetWidth / 2), innerWidth - tip.offsetWidth - 8);
    const y = top - tip.offsetHeight - 8 > 0 ? top - tip.offsetHeight - 8 : top + height + 8;
    tip.style.left = x + scrollX + 'px';
    tip.style.top = y + scrollY + 'px';
  };
  addEventListener('keydown', ({ key }) => { if (key === 'Escape') hide(); });
  for (const mark of all('[data-tip]')) {
    const open = () => tell(mark.dataset.tip, mark.getBoundingClientRect());
    mark.addEventListener('pointerenter', open);
    mark.addEventListener('focus', open);
    mark.addEventListener('pointerleave', hide);
    mark.addEventListener('blur', hide);
  }

  const spoken = (element) => element.closest('[aria-label]:not(svg):not(g)');
  for (const figure of all('figure.plot')) {
    const svg = figure.querySelector('svg');
    if (!svg) continue;
    const spec = JSON.parse(figure.querySelector('script').textContent);
    const cells = figure.dataset.cells ? JSON.parse(figure.dataset.cells) : undefined;
    const squares = cells && svg.querySelector('.mark-rect.role-mark');
    const marks = cells ? [] : all('.role-mark [aria-label]', svg);
    let at = -1;
    const tellCell = (cell) => {
      const box = squares.getBoundingClientRect();
      const [width, height] = [box.width / cells.columns, box.height / cells.rows];
      const [row, column] = [Math.floor(cell / cells.columns), cell % cells.columns];
      at = cell;
      const place = { left: box.left + column * width, top: box.top + row * height, width, height };
      tell('row ' + row + ', column ' + column + ': ' + spec.data.values[cell] + ' ' + cells.unit, place);
    };
    const point = (event) => {
      if (cells) {
        const box = squares.getBoundingClientRect();
        const column = Math.floor(((event.clientX - box.left) / box.width) * cells.columns);
        const row = Math.floor(((event.clientY - box.top) / box.height) * cells.rows);
        const isInside = column >= 0 && row >= 0 && column < cells.columns && row < cells.rows;
        if (isInside) tellCell(row * cells.columns + column);
        else hide();
        return;
      }
      const mark = spoken(event.target);
      if (mark) tell(mark.getAttribute('aria-label'), mark.getBoundingClientRect());
      else hide();
    };
    svg.addEventListener('pointermove', point);
    svg.addEventListener('pointerdown', point);
    svg.addEventListener('pointerleave', hide);
    svg.addEventListener('blur', hide);
    svg.addEventListener('keydown', (event) => {
      const wide = cells ? cells.columns : 1;
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: wide, ArrowUp: -wide }[event.key];
      const count = cells ? cells.rows * cells.columns : marks.length;
      if (step === undefined || count === 0) return;
      event.preventDefault();
      at = at < 0 ? 0 : Math.min(count - 1, Math.max(0, at + step));
      if (cells) tellCell(at);
      else tell(marks[at].getAttribute('aria-label'), marks[at].getBoundingClientRect());
    });
  }

  // Files of figures, with the colours that are seen
  const colours = (text) => {
    const style = getComputedStyle(document.documentElement);
    return text.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
  };
  const save = (name, blob) => {
    const link = document.createElement('a');
    link.download = name;
    link.href = URL.createObjectURL(blob);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const picture = (figure) => {
    const copy = figure.querySelector('svg').cloneNode(true);
    const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [key, value] of [['width', '100%'], ['height', '100%'], ['fill', 'var(--card)']]) ground.setAttribute(key, value);
    copy.prepend(ground);
    return colours(new XMLSerializer().serializeToString(copy));
  };
  const paint = async (figure) => {
    const image = new Image();
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(picture(figure));
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  };
  const writers = {
    SVG: (figure) => new Blob([picture(figure)], { type: 'image/svg+xml' }),
    PNG: paint,
    JSON: (figure) => new Blob([colours(figure.querySelector('script').textContent)], { type: 'application/json' }),
  };
  for (const box of all('.exports')) {
    const figure = box.closest('figure');
    if (!figure.querySelector('script')) continue;
    box.hidden = false;
    box.addEventListener('click', async ({ target }) => {
      const format = target.dataset.format;
      if (format) save(figure.id + '.' + format.toLowerCase(), await writers[format](figure));
    });
  }
})();
`;

/** The source expression that lets a page run this script and no other. */
export function scriptHash(): string {
  return `'sha256-${btoa(String.fromCharCode(...sha256(new TextEncoder().encode(PAGE_SCRIPT))))}'`;
}
