/** Light, dark, or what the system has; remembered where the browser lets pages remember. */

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const SIGNS: Readonly<Record<Theme, string>> = { auto: '\u25d0', light: '\u25cb', dark: '\u25cf' };

const KEY = 'ionloom-theme';

/** Makes `button` go through the themes. */
export function activateTheme(button: HTMLButtonElement): void {
  let theme = remembered();
  const apply = (): void => {
    document.documentElement.dataset['theme'] = theme;
    button.textContent = `${SIGNS[theme]} ${theme}`;
    button.title = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
    apply();
    remember(theme);
  });
  apply();
}

function remembered(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? 'auto';
  } catch {
    return 'auto';
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page
  }
}
