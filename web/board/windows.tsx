import type { Hall, HallWindow } from '../../core/queue/hall.ts';
import { useMessages } from '../shared/language.tsx';
import { windowMessages, windowWord } from '../shared/messages/windows.ts';
import { usePage } from './calls.tsx';
import { messages } from './messages/index.ts';

const SHOWN = 36;

/** What the windows do: open, serving, paused and why. More than fit take turns. */
export function Windows({ hall }: { readonly hall: Hall }) {
  const words = useMessages(messages);
  const open = hall.windows.filter(({ state }) => state !== 'closed');
  const pages = Math.ceil(open.length / SHOWN);
  const page = usePage(pages, 0);
  return (
    <section className="windows" aria-labelledby="windows">
      <h2 id="windows">
        {words.windows}
        {pages > 1 && <span className="quiet"> · {words.page(page + 1, pages)}</span>}
      </h2>
      {open.length === 0 && <p className="nobody">{words.noWindows}</p>}
      <ul>
        {open.slice(page * SHOWN, (page + 1) * SHOWN).map((window) => (
          <WindowSign key={window.windowId} window={window} />
        ))}
      </ul>
    </section>
  );
}

function WindowSign({ window }: { readonly window: HallWindow }) {
  const words = useMessages(windowMessages);
  const { windowId, state, visit } = window;
  return (
    <li className={state}>
      <strong>{windowId}</strong>
      <span>{visit?.number ?? windowWord(words, window)}</span>
    </li>
  );
}
