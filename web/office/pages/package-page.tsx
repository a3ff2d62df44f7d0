import { useState } from 'react';
import type { PackageTemplateBody } from '../../../contract/packages.ts';
import { type call, CallProblem } from '../../shared/client.ts';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../../shared/query.ts';
import { StepGraph } from '../../shared/step-graph.tsx';
import { messages } from '../messages/index.ts';

/** What is read again after a template has been written. */
const CHANGED = ['GET /api/package-templates/:templateId', 'GET /api/package-templates'] as const;

type Step = PackageTemplateBody['steps'][number];
type Services = Awaited<ReturnType<typeof call<'GET /api/catalogue'>>>;

const EMPTY: PackageTemplateBody = { name: { ru: '—', en: '—' }, facts: [], steps: [] };

/** A package is drawn here: its services, and which result unlocks which. */
export function PackagePage({ templateId }: { readonly templateId: string }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const known = useQuery('GET /api/package-templates/:templateId', { params: { templateId } });
  const services = useQuery('GET /api/catalogue', {});
  const isNew = known.error instanceof CallProblem && known.error.code === 'unknown-package';
  if (services.data === null) return <QueryState of={services} />;
  if (known.data === null && !isNew) return <QueryState of={known} />;
  const newest = known.data?.versions[0];
  return (
    <>
      {!isNew && <QueryState of={known} />}
      <h2>{newest === undefined ? words.newPackage : newest.template.name[language]}</h2>
      <p>
        {newest === undefined
          ? words.notKeptYet
          : `${words.version} ${newest.version}: ${newest.state === 'draft' ? words.draft : words.published}`}
      </p>
      <Drawing
        key={`${newest?.version}/${newest?.state}`}
        templateId={templateId}
        first={newest?.template ?? EMPTY}
        isDraft={newest?.state === 'draft'}
        services={services.data}
      />
    </>
  );
}

interface DrawingProps {
  readonly templateId: string;
  readonly first: PackageTemplateBody;
  readonly isDraft: boolean;
  readonly services: Services;
}

function Drawing({ templateId, first, isDraft, services }: DrawingProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [template, setTemplate] = useState(first);
  const params = { templateId };
  const draft = useChange('PUT /api/package-templates/:templateId/draft', CHANGED);
  const publication = useChange('POST /api/package-templates/:templateId/publish', CHANGED);
  const { steps } = template;
  const put = (step: Step) =>
    setTemplate((before) => ({
      ...before,
      steps: [...before.steps.filter(({ stepId }) => stepId !== step.stepId), step],
    }));
  const remove = (gone: string) =>
    setTemplate((before) => ({
      ...before,
      steps: before.steps
        .filter(({ stepId }) => stepId !== gone)
        .map((step) => ({ ...step, needs: step.needs.filter((need) => need.step !== gone) })),
    }));
  return (
    <>
      <StepGraph
        label={words.graph}
        steps={steps.map((step) => ({ ...step, needs: step.needs.map((need) => need.step), whole: step }))}
        draw={({ stepId, name, serviceId, variant, whole }) => (
          <div className="step">
            <strong>{name[language]}</strong>
            <span>
              <ServiceName serviceId={serviceId} variant={variant} services={services} />
              {whole.usual ? '' : ` · ${words.onWish}`}
            </span>
            <button type="button" onClick={() => remove(stepId)}>
              {words.remove}
            </button>
          </div>
        )}
      />
      <div className="columns">
        <StepForm steps={steps} services={services} put={put} />
        <Form
          title={words.writeDraft}
          action={words.writeDraft}
          fields={[
            { name: 'ru', label: words.nameRu, kind: 'text', value: template.name.ru },
            { name: 'en', label: words.nameEn, kind: 'text', value: template.name.en },
          ]}
          run={async ({ ru = '', en = '' }) => {
            const body = { ...template, name: { ru, en } };
            await draft.send({ params, body });
            return words.done;
          }}
        />
        {isDraft && (
          <Form
            title={`${words.publish}. ${words.publishLead}`}
            action={words.publish}
            fields={[]}
            run={async () => {
              await publication.send({ params });
              return words.done;
            }}
          />
        )}
      </div>
    </>
  );
}

interface ServiceNameProps extends Pick<Step, 'serviceId' | 'variant'> {
  readonly services: Services;
}

const ASK_EVERY_MS = 3_600_000;

/** What a step asks for: the service by its name and, where it has several variants, the one that is meant. */
function ServiceName({ serviceId, variant, services }: ServiceNameProps) {
  const { language } = useLanguage();
  const { data: passport } = useQuery('GET /api/catalogue/:serviceId', { params: { serviceId } }, ASK_EVERY_MS);
  const variants = passport?.versions[0]?.passport.variants ?? [];
  const meant = variants.length > 1 ? variants.find(({ code }) => code === variant)?.name[language] : undefined;
  const name = services.find((one) => one.serviceId === serviceId)?.name[language];
  return <>{[name, meant].filter((part) => part !== undefined).join(': ')}</>;
}

interface StepFormProps {
  readonly steps: readonly Step[];
  readonly services: Services;
  readonly put: (step: Step) => void;
}

/** One step: a service in a variant, and the results that it waits for. */
function StepForm({ steps, services, put }: StepFormProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <Form
      title={words.step}
      action={words.add}
      fields={[
        { name: 'stepId', label: words.stepId, kind: 'text' },
        {
          name: 'serviceId',
          label: words.service,
          kind: 'choice',
          options: services.map(({ serviceId, name }) => ({ value: serviceId, label: name[language] })),
        },
        { name: 'variant', label: words.variant, kind: 'text', value: 'usual' },
        { name: 'ru', label: words.nameRu, kind: 'text' },
        { name: 'en', label: words.nameEn, kind: 'text' },
        ...steps.map(({ stepId, name }) => ({
          name: `needs-${stepId}`,
          label: `${words.needsResult}: ${name[language]}`,
          kind: 'switch' as const,
        })),
        { name: 'evidence', label: words.resultIs, kind: 'text', optional: true },
        { name: 'usual', label: words.usual, kind: 'switch', value: 'yes' },
      ]}
      run={async ({ stepId = '', serviceId = '', variant = '', ru = '', en = '', evidence = '', usual, ...more }) => {
        const needs = steps
          .filter((step) => more[`needs-${step.stepId}`] === 'yes')
          .map((step) => ({ step: step.stepId, evidence: evidence === '' ? null : evidence, facts: [] }));
        put({
          stepId,
          serviceId: serviceId as Step['serviceId'],
          variant,
          name: { ru, en },
          usual: usual === 'yes',
          needs,
        });
      }}
    />
  );
}
