/** Tabs as the ARIA practices have them: one panel at a time, arrow keys move between the tabs. */

/** Makes the tabs of `list` work; the result shows the panel of a tab. */
export function activateTabs(list: HTMLElement): (panel: string) => void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  const select = (chosen: HTMLElement | undefined): void => {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = !isChosen;
    }
  };
  for (const [position, tab] of tabs.entries()) {
    tab.addEventListener('click', () => {
      select(tab);
    });
    tab.addEventListener('keydown', ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      const next = step === undefined ? undefined : tabs[(position + step + tabs.length) % tabs.length];
      if (!next) return;
      select(next);
      next.focus();
    });
  }
  select(tabs[0]);
  return (panel) => {
    select(tabs.find((tab) => tab.getAttribute('aria-controls') === panel));
  };
}
