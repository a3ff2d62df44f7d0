import { useState } from 'react';
import type { FormField } from '../../core/applications/form.ts';
import { offeredSteps, type PackageTemplate } from '../../core/applications/package.ts';
import type { ReplyOf } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useQuery } from '../shared/query.ts';
import { messages } from './messages/index.ts';

const ASK_EVERY_MS = 300_000;

/** A package as it is asked for. */
export interface WantedPackage {
  readonly templateId: string;
  readonly facts: Record<string, string>;
  readonly steps: string[];
  readonly anotherBecause?: string;
}

interface WholePackageProps {
  readonly pack: (wanted: WantedPackage) => void;
  /** True when such a package is open, and a reason is needed for another one. */
  readonly isOpen: boolean;
}

/** A package: which one, what its steps depend on, and which steps are taken. */
export function WholePackage({ pack, isOpen }: WholePackageProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const known = useQuery('GET /api/package-templates', {}, ASK_EVERY_MS);
  const templates = known.data ?? [];
  const [templateId, setTemplateId] = useState('');
  const [facts, setFacts] = useState<Readonly<Record<string, string>>>({});
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const template = templates.find((one) => one.templateId === templateId)?.template as PackageTemplate | undefined;
  const offered = template === undefined ? [] : offeredSteps(template, facts);
  const isTaken = ({ stepId, usual }: (typeof offered)[number]) => chosen.get(stepId) ?? usual;
  return (
    <form
      className="form"
      aria-label={words.wholePackage}
      onSubmit={(event) => {
        event.preventDefault();
        const because = String(new FormData(event.currentTarget).get('because') ?? '').trim();
        const steps = offered.filter(isTaken).map(({ stepId }) => stepId);
        pack({ templateId, facts: { ...facts }, steps, ...(because === '' ? {} : { anotherBecause: because }) });
      }}
    >
      <h3>{words.wholePackage}</h3>
      <QueryState of={known} calm />
      <TemplateChoice
        templates={templates}
        templateId={templateId}
        choose={(id) => {
          setTemplateId(id);
          setFacts({});
          setChosen(new Map());
        }}
      />
      {template !== undefined && (
        <Conditions
          template={template}
          facts={facts}
          write={(name, value) => setFacts((before) => ({ ...before, [name]: value }))}
        />
      )}
      {offered.length > 0 && (
        <fieldset>
          <legend>{words.packageSteps}</legend>
          {offered.map((step) => (
            <label key={step.stepId}>
              <input
                type="checkbox"
                checked={isTaken(step)}
                onChange={(event) => setChosen(new Map([...chosen, [step.stepId, event.target.checked]]))}
              />
              <span>{step.name[language]}</span>
            </label>
          ))}
        </fieldset>
      )}
      {isOpen && (
        <label>
          <span>{words.secondPackage}</span>
          <input name="because" minLength={5} maxLength={300} required />
        </label>
      )}
      <button type="submit" className="main-action">
        {words.begin}
      </button>
    </form>
  );
}

interface ConditionsProps {
  readonly template: PackageTemplate;
  readonly facts: Readonly<Record<string, string>>;
  readonly write: (fact: string, value: string) => void;
}

/** What has to be known before it is clear which steps there are; everything else is asked later. */
function Conditions({ template, facts, write }: ConditionsProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const asked = new Set(template.steps.flatMap(({ when }) => when?.field ?? []));
  const fields = template.facts.filter(({ name, fact = name }) => asked.has(name) || asked.has(fact));
  const optionsOf = ({ kind, options = [] }: FormField) =>
    kind === 'yes-no'
      ? [
          { value: 'yes', label: words.yes },
          { value: 'no', label: words.no },
        ]
      : options.map(({ value, label }) => ({ value, label: label[language] }));
  if (fields.length === 0) return null;
  return (
    <fieldset>
      <legend>{words.packageConditions}</legend>
      {fields.map((field) => {
        const { name, fact = name, label } = field;
        return (
          <label key={name}>
            <span>{label[language]}</span>
            <select value={facts[fact] ?? ''} onChange={(event) => write(fact, event.target.value)}>
              <option value="">—</option>
              {optionsOf(field).map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          </label>
        );
      })}
    </fieldset>
  );
}

interface TemplateChoiceProps {
  readonly templates: ReplyOf<'GET /api/package-templates'>;
  readonly templateId: string;
  readonly choose: (templateId: string) => void;
}

function TemplateChoice({ templates, templateId, choose }: TemplateChoiceProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <label>
      <span>{words.packageTemplate}</span>
      <select name="template" required value={templateId} onChange={(event) => choose(event.target.value)}>
        <option value="">—</option>
        {templates.map((one) => (
          <option key={one.templateId} value={one.templateId}>
            {one.template.name[language]}
          </option>
        ))}
      </select>
    </label>
  );
}
