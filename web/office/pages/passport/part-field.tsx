import { useId, useState } from 'react';
import { useLanguage, useMessages } from '../../../shared/language.tsx';
import { messages } from '../../messages/index.ts';
import { PART_NAMES, PART_VALUES } from './part-words.ts';
import { emptyOf, type Kind, kindOf, type Named, type Part, type Shape, titleOf, withMember } from './shape.ts';

interface FieldProps {
  readonly name: string;
  readonly shape: Shape;
  readonly value: Part;
  readonly change: (value: Part) => void;
}

interface KindProps<Name extends Kind['kind']> extends FieldProps {
  readonly label: string;
  readonly kind: Extract<Kind, { kind: Name }>;
}

/** One part of a passport with everything in it, asked for as its schema says. */
export function PartField(props: FieldProps) {
  const { language } = useLanguage();
  const kind = kindOf(props.shape);
  const label = PART_NAMES[props.name]?.[language] ?? props.name;
  const of = { ...props, label };
  switch (kind.kind) {
    case 'maybe':
      return <Maybe {...of} kind={kind} />;
    case 'list':
      return <List {...of} kind={kind} />;
    case 'group':
      return <Group {...of} kind={kind} />;
    case 'both-languages':
      return <BothLanguages {...of} kind={kind} />;
    case 'several':
      return <Several {...of} kind={kind} />;
    case 'choice':
      return <OneOf {...of} kind={kind} />;
    case 'yes-no':
      return <YesNo {...of} />;
    default:
      return <Written {...of} kind={kind.kind} />;
  }
}

type Labelled = FieldProps & { readonly label: string };

function Written({
  label,
  shape,
  value,
  change,
  kind,
}: Labelled & { readonly kind: 'text' | 'long' | 'number' | 'date' }) {
  const { pattern, minimum, maximum } = shape;
  const text = String(value ?? '');
  return (
    <label>
      <span>{label}</span>
      {kind === 'long' ? (
        <textarea rows={3} value={text} onChange={(event) => change(event.target.value)} />
      ) : (
        <input
          type={kind}
          value={text}
          {...(pattern === undefined || kind !== 'text' ? {} : { pattern })}
          {...(kind === 'number' ? { min: minimum, max: maximum } : {})}
          onChange={({ target }) => change(kind === 'number' ? Number(target.value) : target.value)}
        />
      )}
    </label>
  );
}

function YesNo({ label, value, change }: Labelled) {
  return (
    <label className="switch">
      <span>{label}</span>
      <input type="checkbox" checked={value === true} onChange={(event) => change(event.target.checked)} />
    </label>
  );
}

function OneOf({ label, value, change, kind: { options } }: KindProps<'choice'>) {
  const { language } = useLanguage();
  return (
    <label>
      <span>{label}</span>
      <select
        value={String(value)}
        onChange={(event) => change(options.find((option) => String(option) === event.target.value) ?? '')}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {PART_VALUES[option]?.[language] ?? option}
          </option>
        ))}
      </select>
    </label>
  );
}

function Several({ label, value, change, kind: { options } }: KindProps<'several'>) {
  const { language } = useLanguage();
  const chosen = new Set(value as readonly Part[]);
  return (
    <fieldset>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option} className="switch">
          <span>{PART_VALUES[option]?.[language] ?? option}</span>
          <input
            type="checkbox"
            checked={chosen.has(option)}
            onChange={({ target }) =>
              change(options.filter((one) => (one === option ? target.checked : chosen.has(one))))
            }
          />
        </label>
      ))}
    </fieldset>
  );
}

function BothLanguages({ label, value, change, kind: { long } }: KindProps<'both-languages'>) {
  const words = value as Named;
  const languages = [
    ['ru', 'по-русски'],
    ['en', 'in English'],
  ] as const;
  return (
    <div className="both-languages" role="group" aria-label={label}>
      {languages.map(([language, in_]) => {
        const said = {
          value: String(words[language] ?? ''),
          lang: language,
          onChange: ({ target }: { readonly target: { readonly value: string } }) =>
            change(withMember(value, language, target.value)),
        };
        return (
          <label key={language}>
            <span>
              {label} <span className="quiet">({in_})</span>
            </span>
            {long ? <textarea rows={4} {...said} /> : <input type="text" {...said} />}
          </label>
        );
      })}
    </div>
  );
}

/** A part that may be missing: it is there when it is ticked. */
function Maybe({ label, name, value, change, kind: { shape } }: KindProps<'maybe'>) {
  return (
    <div className="maybe">
      <label className="switch">
        <span>{label}</span>
        <input
          type="checkbox"
          checked={value !== null}
          onChange={(event) => change(event.target.checked ? emptyOf(shape) : null)}
        />
      </label>
      {value !== null && <PartField name={name} shape={shape} value={value} change={change} />}
    </div>
  );
}

function Group({ label, value, change, kind }: KindProps<'group'>) {
  return (
    <fieldset>
      <legend>{label}</legend>
      <Members kind={kind} value={value} change={change} />
    </fieldset>
  );
}

interface MembersProps {
  readonly kind: Extract<Kind, { kind: 'group' }>;
  readonly value: Part;
  readonly change: (value: Part) => void;
}

/** The members of a group; what may be left out is left out until it is ticked, a list that may be left out while it is empty. */
export function Members({ kind: { members }, value, change }: MembersProps) {
  const { language } = useLanguage();
  return members.map(({ name, shape, optional }) => {
    const member = (value as Named)[name];
    const set = (next: Part | undefined) => change(withMember(value, name, next));
    if (!optional)
      return <PartField key={name} name={name} shape={shape} value={member ?? emptyOf(shape)} change={set} />;
    if (shape.type === 'array')
      return (
        <PartField
          key={name}
          name={name}
          shape={shape}
          value={member ?? []}
          change={(next) => set((next as readonly Part[]).length === 0 ? undefined : next)}
        />
      );
    return (
      <Maybe
        key={name}
        name={name}
        label={PART_NAMES[name]?.[language] ?? name}
        shape={shape}
        kind={{ kind: 'maybe', shape }}
        value={member ?? null}
        change={(next) => set(next ?? undefined)}
      />
    );
  });
}

function List({ label, name, value, change, kind: { of, most } }: KindProps<'list'>) {
  const words = useMessages(messages);
  const id = useId();
  const items = value as readonly Part[];
  const put = (index: number, item: Part) => change(items.with(index, item));
  return (
    <section className="part-list" aria-labelledby={id}>
      <strong id={id}>
        {label} <span className="quiet">({items.length})</span>
      </strong>
      <ol>
        {items.map((item, index) => (
          // Items have no names of their own; their position identifies them.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <Item
              name={name}
              shape={of}
              value={item}
              change={(next) => put(index, next)}
              remove={() => change(items.filter((_, other) => other !== index))}
              up={index === 0 ? null : () => change(items.with(index - 1, item).with(index, items[index - 1] as Part))}
            />
          </li>
        ))}
      </ol>
      {items.length < most && (
        <button type="button" aria-label={`${words.addPart}: ${label}`} onClick={() => change([...items, emptyOf(of)])}>
          {words.addPart}
        </button>
      )}
    </section>
  );
}

interface ItemProps extends FieldProps {
  readonly remove: () => void;
  readonly up: (() => void) | null;
}

/** One of a list: folded up to what it is known by. */
function Item({ name, shape, value, change, remove, up }: ItemProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  const kind = kindOf(shape);
  const title = titleOf(value, language) || words.newPart;
  const tools = (
    <span className="row-actions">
      {up !== null && (
        <button type="button" aria-label={`${words.movePartUp}: ${title}`} onClick={up}>
          ↑
        </button>
      )}
      <button type="button" aria-label={`${words.removePart}: ${title}`} onClick={remove}>
        {words.removePart}
      </button>
    </span>
  );
  if (kind.kind !== 'group')
    return (
      <div className="part-item">
        <PartField name={name} shape={shape} value={value} change={change} />
        {tools}
      </div>
    );
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && (
        <>
          <Members kind={kind} value={value} change={change} />
          {tools}
        </>
      )}
    </details>
  );
}
