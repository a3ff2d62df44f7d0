import { type ReactNode, useState } from 'react';
import { Chart } from '../shared/chart.tsx';
import { ComfortButtons } from '../shared/comfort.tsx';
import { Connection } from '../shared/connection.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { Form } from '../shared/form.tsx';
import { LanguageButtons } from '../shared/language.tsx';
import { ListEditor } from '../shared/list-editor.tsx';
import { Marks } from '../shared/marks.tsx';
import { plural } from '../shared/plural.ts';
import { Qr } from '../shared/qr.tsx';
import { Choice } from '../shared/ui/choice.tsx';
import { Dialog } from '../shared/ui/dialog.tsx';
import { Pages } from '../shared/ui/pages.tsx';
import { Stepper } from '../shared/ui/stepper.tsx';

const COLOURS = ['ink', 'ink-quiet', 'ground', 'ground-quiet', 'line-strong', 'brand', 'good', 'warn', 'bad', 'focus'];
const SPACES = ['space-1', 'space-2', 'space-3', 'space-4', 'space-5'];

/** Every component in every state, for those who build screens. In Russian only: nobody else reads it. */
export function DesignScreen() {
  return (
    <main>
      <header>
        <h1>Компоненты</h1>
        <ComfortButtons />
        <LanguageButtons />
      </header>
      <Colours />
      <Words />
      <Buttons />
      <Choices />
      <Dialogs />
      <PagesPart />
      <Forms />
      <Figures />
    </main>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="part" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Colours() {
  return (
    <>
      <Part title="Цвета">
        <ul className="swatches">
          {COLOURS.map((name) => (
            <li key={name}>
              <span className={`swatch-${name}`} aria-hidden="true" /> {name}
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Шаги">
        <ul className="swatches">
          {SPACES.map((name) => (
            <li key={name}>
              <span className={`bar-${name}`} aria-hidden="true" /> {name}
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

function Words() {
  return (
    <Part title="Слова">
      <h1>Заголовок первого уровня</h1>
      <h2>Заголовок второго уровня</h2>
      <h3>Заголовок третьего уровня</h3>
      <p>
        Обычный текст и <a href="#words">ссылка</a>.
      </p>
      <p className="quiet">Тихий текст</p>
      <p>
        {[1, 2, 5, 21]
          .map((n) => plural('ru', n, { one: 'талон', few: 'талона', many: 'талонов', other: 'талона' }))
          .join(', ')}
      </p>
    </Part>
  );
}

function Buttons() {
  return (
    <>
      <Part title="Кнопки">
        <div className="row-actions">
          <button type="button">Обычная</button>
          <button type="button" className="main-action">
            Главная
          </button>
          <button type="button" aria-pressed="true">
            Нажата
          </button>
          <button type="button" disabled>
            Выключена
          </button>
          <button type="button" className="main-action" aria-busy="true" disabled>
            Занята
          </button>
        </div>
      </Part>
      <Part title="Сообщения">
        <p className="problem">Проблема: что случилось и что делать.</p>
        <p className="hint">Подсказка: на что посмотреть.</p>
        <p className="done">Сделано.</p>
        <Connection live={{ hall: null, lostAt: null, problem: null }} />
        <Connection live={{ hall: null, lostAt: 0, problem: null }} />
        <Connection live={{ hall: null, lostAt: null, problem: 'Центра № 999 нет.' }} />
      </Part>
    </>
  );
}

function Choices() {
  const [chosen, setChosen] = useState<'tea' | 'coffee' | 'cocoa' | null>('tea');
  const [count, setCount] = useState(1);
  const [mark, setMark] = useState<number | null>(null);
  return (
    <Part title="Выбор">
      <Choice
        label="Напиток"
        options={[
          { value: 'tea', label: 'Чай' },
          { value: 'coffee', label: 'Кофе' },
          { value: 'cocoa', label: 'Какао' },
        ]}
        value={chosen}
        choose={setChosen}
      />
      <Stepper label="Сколько человек" value={count} min={1} max={8} change={setCount} />
      <Marks mark={mark} rate={setMark} />
    </Part>
  );
}

function Dialogs() {
  const [open, setOpen] = useState<'plain' | 'needed' | null>(null);
  return (
    <Part title="Вопрос поверх экрана">
      <div className="row-actions">
        <button type="button" onClick={() => setOpen('plain')}>
          Открыть
        </button>
        <button type="button" onClick={() => setOpen('needed')}>
          Открыть обязательный
        </button>
      </div>
      <Dialog title="Вы ещё здесь?" open={open !== null} close={() => setOpen(null)} needed={open === 'needed'}>
        <p>Клавиатура остаётся внутри, пока не дан ответ.</p>
        <div className="dialog-actions">
          <button type="button" className="main-action" onClick={() => setOpen(null)}>
            Я здесь
          </button>
        </div>
      </Dialog>
    </Part>
  );
}

function PagesPart() {
  return (
    <Part title="Страницы">
      <Pages
        label="Пример"
        pages={[
          { id: 'one', title: 'Первая', content: <p>Содержание первой.</p> },
          { id: 'two', title: 'Вторая', content: <p>Содержание второй.</p> },
        ]}
      />
    </Part>
  );
}

function Forms() {
  return (
    <Part title="Форма и списки">
      <Form
        title="Форма"
        action="Записать"
        fields={[
          { name: 'name', label: 'Название', kind: 'text' },
          { name: 'count', label: 'Сколько', kind: 'number' },
          { name: 'kind', label: 'Вид', kind: 'choice', options: [{ value: 'a', label: 'Первый' }] },
          { name: 'on', label: 'Включено', kind: 'switch' },
        ]}
        run={async () => 'Записано.'}
      />
      <ListEditor
        title="Список"
        fields={[
          { name: 'zone', label: 'Зона', kind: 'text' },
          { name: 'opens', label: 'Открытие', kind: 'time' },
        ]}
        rows={[{ zone: 'А', opens: '08:00' }]}
        save={async () => undefined}
      />
    </Part>
  );
}

function Figures() {
  return (
    <>
      <Part title="Таблица и график">
        <DataTable
          name="Таблица"
          rows={[
            { name: 'Арбат', waiting: 4 },
            { name: 'Сокол', waiting: 12 },
          ]}
          keyOf={({ name }) => name}
          columns={[
            { label: 'Центр', value: ({ name }) => name },
            { label: 'Ждут', value: ({ waiting }) => waiting },
          ]}
        />
        <Chart
          title="График"
          unit="минуты"
          places={['8:00', '8:30', '9:00', '9:30']}
          series={[
            { name: 'пришли', kind: 'bars', values: [4, 9, 12, 7] },
            { name: 'ждали', kind: 'line', values: [1, 3, null, 2] },
            { name: 'окна', kind: 'steps', values: [2, 3, 3, 4] },
          ]}
        />
      </Part>
      <Part title="QR-код">
        <Qr text="https://okno.example.org/t" label="Пример QR-кода" />
      </Part>
    </>
  );
}
