import { act } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { Link, setParameters, useOpenable, useParameter } from './address.ts';
import { type Stage, stage } from './stage.testing.tsx';

let shown: Stage;

function Screen() {
  const [tab, setTab] = useParameter('tab');
  const { opened, open, close } = useOpenable('window');
  return (
    <>
      <p>{`${tab} ${opened}`}</p>
      <button type="button" id="tab" onClick={() => setTab('day')}>
        tab
      </button>
      <button type="button" id="open" onClick={() => open(3)}>
        open
      </button>
      <button type="button" id="close" onClick={close}>
        close
      </button>
      <Link href="/hall/2?tab=reception">2</Link>
    </>
  );
}

const said = () => shown.find('p').textContent;
const press = (selector: string) => shown.press(shown.find(selector));
const back = () => act(async () => history.back());

beforeEach(async () => {
  history.replaceState(null, '', '/hall/84');
  shown = stage();
  await shown.show(<Screen />);
});

test('a change is in the address, one step of the history each, and none where nothing changes', async () => {
  const before = history.length;
  await press('#tab');
  expect([location.search, said()]).toEqual(['?tab=day', 'day null']);
  await press('#tab');
  expect(history.length).toBe(before + 1);
  act(() => setParameters({ tab: null, page: 2 }));
  expect([location.search, said()]).toEqual(['?page=2', 'null null']);
});

test('what is open is in the address together with the rest', async () => {
  await press('#tab');
  await press('#open');
  expect([location.search, said()]).toEqual(['?tab=day&window=3', 'day 3']);
});

test('Back undoes a change', async () => {
  await press('#tab');
  await press('#open');
  await back();
  expect([location.search, said()]).toEqual(['?tab=day', 'day null']);
  await back();
  expect([location.search, said()]).toEqual(['', 'null null']);
});

test('closing goes back to where it was opened', async () => {
  await press('#tab');
  await press('#open');
  await press('#close');
  await act(async () => undefined);
  expect([location.search, said()]).toEqual(['?tab=day', 'day null']);
  await back();
  expect([location.search, said()]).toEqual(['', 'null null']);
});

test('closing what was open from the beginning takes its name away, and nothing else', async () => {
  act(() => setParameters({ tab: 'day', window: 3 }));
  const before = history.length;
  await press('#close');
  expect([location.search, said(), history.length]).toEqual(['?tab=day', 'day null', before]);
});

test('a link within the page loads nothing', async () => {
  await press('a');
  expect([location.pathname, location.search, said()]).toEqual(['/hall/2', '?tab=reception', 'reception null']);
});
