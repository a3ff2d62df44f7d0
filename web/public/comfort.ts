/** Large print and high contrast on the pages that the server draws; kept in this browser. */
const KINDS = { print: ['normal', 'large'], theme: ['light', 'contrast'] } as const;
type Kind = keyof typeof KINDS;

const NAME = 'okno-comfort';

export function enableComfort(): void {
  const asked = new URLSearchParams(location.search);
  const kept = JSON.parse(localStorage.getItem(NAME) ?? '{}') as Partial<Record<Kind, string>>;
  const own = matchMedia('(prefers-contrast: more)').matches ? { theme: 'contrast' } : {};
  const chosen: Partial<Record<Kind, string>> = { ...own, ...kept };
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const wanted =
      asked.get(kind === 'print' ? 'size' : kind) ?? chosen[kind] ?? document.documentElement.dataset[kind];
    set(kind, KINDS[kind].find((one) => one === wanted) ?? KINDS[kind][0]);
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-comfort]')) {
    const kind = button.dataset['comfort'] as Kind;
    delete button.dataset['waiting'];
    button.addEventListener('click', () => {
      const [usual, special] = KINDS[kind];
      const next = document.documentElement.dataset[kind] === special ? usual : special;
      set(kind, next);
      localStorage.setItem(NAME, JSON.stringify({ ...chosen, [kind]: next }));
      chosen[kind] = next;
    });
  }
}

function set(kind: Kind, value: string): void {
  document.documentElement.dataset[kind] = value;
  const button = document.querySelector(`[data-comfort="${kind}"]`);
  button?.setAttribute('aria-pressed', String(value === KINDS[kind][1]));
}
