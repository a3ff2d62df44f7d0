import { type ChangeEvent, useState } from 'react';
import type { ScreenSettings } from '../../../contract/screens.ts';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useMessages } from '../../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';
import { RowActions } from '../row-actions.tsx';
import { Problem } from '../../shared/problem.tsx';

interface CentreScreensProps {
  readonly centreId: number;
}

/** What the kiosks, boards and windows of a centre show and ask. */
export function CentreScreens({ centreId }: CentreScreensProps) {
  const words = useMessages(messages);
  const params = { centreId };
  const known = useQuery('GET /api/centres/:centreId/screens', { params });
  const change = useChange('PUT /api/centres/:centreId/screens', ['GET /api/centres/:centreId/screens']);
  if (known.data === null) return <QueryState of={known} />;
  const settings = known.data;
  const save = async (changed: ScreenSettings) => {
    await change.send({ params, body: changed });
    return words.done;
  };
  return (
    <>
      <QueryState of={known} />
      <div className="columns">
        <BoardForm settings={settings} save={save} />
        <KioskForm settings={settings} save={save} />
        <HallForm settings={settings} save={save} />
        <StaffCodeForm centreId={centreId} />
      </div>
      <MediaTable centreId={centreId} />
    </>
  );
}

interface SettingsFormProps {
  readonly settings: ScreenSettings;
  readonly save: (changed: ScreenSettings) => Promise<string>;
}

function BoardForm({ settings, save }: SettingsFormProps) {
  const words = useMessages(messages);
  const { board } = settings;
  return (
    <Form
      title={words.boardTitle}
      action={words.save}
      fields={[
        { name: 'ru', label: words.runningRu, kind: 'text', value: board.runningText?.ru ?? '', optional: true },
        { name: 'en', label: words.runningEn, kind: 'text', value: board.runningText?.en ?? '', optional: true },
        { name: 'speakRu', label: words.speakRu, kind: 'switch', value: board.speech.includes('ru') ? 'yes' : '' },
        { name: 'speakEn', label: words.speakEn, kind: 'switch', value: board.speech.includes('en') ? 'yes' : '' },
        { name: 'chime', label: words.chime, kind: 'switch', value: board.chime ? 'yes' : '' },
        {
          name: 'media',
          label: words.mediaAfter,
          kind: 'number',
          value: String(board.mediaAfterSeconds ?? ''),
          optional: true,
        },
      ]}
      run={({ ru = '', en = '', speakRu, speakEn, chime, media = '' }) =>
        save({
          ...settings,
          board: {
            runningText: ru === '' || en === '' ? null : { ru, en },
            speech: [...(speakRu === 'yes' ? ['ru' as const] : []), ...(speakEn === 'yes' ? ['en' as const] : [])],
            chime: chime === 'yes',
            mediaAfterSeconds: media === '' ? null : Number(media),
          },
        })
      }
    />
  );
}

/** Situations, questions and classes are lists of lists: they are written as JSON, and refused in words when they are wrong. */
function KioskForm({ settings, save }: SettingsFormProps) {
  const words = useMessages(messages);
  const { printing, idleSeconds, ...lists } = settings.kiosk;
  return (
    <Form
      title={words.kioskTitle}
      action={words.save}
      fields={[
        {
          name: 'printing',
          label: words.printing,
          kind: 'choice',
          value: printing,
          options: (['agent', 'browser', 'none'] as const).map((value) => ({ value, label: words.printings[value] })),
        },
        { name: 'idle', label: words.idleSeconds, kind: 'number', value: String(idleSeconds) },
        { name: 'lists', label: words.kioskLists, kind: 'long', value: JSON.stringify(lists, null, 2) },
      ]}
      run={({ printing: how, idle, lists: text = '' }) =>
        save({
          ...settings,
          kiosk: {
            ...(JSON.parse(text) as typeof lists),
            printing: how as typeof printing,
            idleSeconds: Number(idle),
          },
        })
      }
    />
  );
}

function HallForm({ settings, save }: SettingsFormProps) {
  const words = useMessages(messages);
  const names = Object.keys(settings.hall) as (keyof ScreenSettings['hall'])[];
  return (
    <Form
      title={words.normsTitle}
      action={words.save}
      fields={names.map((name) => ({
        name,
        label: words.norms[name],
        kind: 'number' as const,
        value: String(settings.hall[name]),
      }))}
      run={(values) => {
        const hall = Object.fromEntries(names.map((name) => [name, Number(values[name])]));
        return save({ ...settings, hall: hall as ScreenSettings['hall'] });
      }}
    />
  );
}

function StaffCodeForm({ centreId }: CentreScreensProps) {
  const words = useMessages(messages);
  return (
    <Form
      title={words.staffCodeTitle}
      action={words.save}
      fields={[{ name: 'code', label: words.staffCode, kind: 'password', autoComplete: 'off' }]}
      run={async ({ code = '' }) => {
        await call('PUT /api/centres/:centreId/screens/staff-code', { params: { centreId }, body: { code } });
        return words.done;
      }}
    />
  );
}

function MediaTable({ centreId }: CentreScreensProps) {
  const words = useMessages(messages);
  const media = useQuery('GET /api/centres/:centreId/media', { params: { centreId } });
  const removal = useChange('DELETE /api/centres/:centreId/media/:mediumId', ['GET /api/centres/:centreId/media']);
  const [problem, setProblem] = useState<string | null>(null);
  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file === undefined) return;
    const query = new URLSearchParams({ name: file.name, seconds: '10' });
    const answer = await fetch(`/api/centres/${centreId}/media?${query}`, {
      method: 'POST',
      headers: { 'content-type': file.type, 'accept-language': document.documentElement.lang },
      body: file,
    });
    setProblem(answer.ok ? null : ((await answer.json()) as { detail: string }).detail);
    await media.again();
  };
  return (
    <>
      <label className="form">
        <span>{words.addMedium}</span>
        <input type="file" accept="image/*,video/mp4,video/webm,text/html" onChange={(event) => void add(event)} />
      </label>
      <Problem text={problem} />
      <QueryState of={media} />
      {media.data !== null && (
        <DataTable
          name={words.media}
          rows={media.data}
          keyOf={({ mediumId }) => String(mediumId)}
          columns={[
            { label: words.media, value: ({ name }) => name },
            { label: words.kind, value: ({ type }) => type },
            { label: words.seconds, value: ({ seconds }) => seconds },
            {
              label: words.kilobytes,
              value: ({ bytes }) => Math.ceil(bytes / 1_024),
              show: ({ mediumId, bytes }) => (
                <>
                  {Math.ceil(bytes / 1_024)}
                  <RowActions
                    actions={[
                      {
                        label: words.removeMedium,
                        run: async () => {
                          await removal.send({ params: { centreId, mediumId } });
                        },
                      },
                    ]}
                  />
                </>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
