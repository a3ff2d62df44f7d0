import { useCallback, useEffect, useState } from 'react';
import type { Medium } from '../../contract/screens.ts';
import { useMessages } from '../shared/language.tsx';
import { useAnswer } from '../shared/answers.ts';
import { messages } from './messages/index.ts';
import { paths } from '../shared/paths.ts';

const ASK_EVERY_MS = 5 * 60_000;

/** Pictures, films and pages, one after another, while nobody is called. Pages can do nothing: they have no scripts. */
export function Media({ centreId }: { readonly centreId: number }) {
  const words = useMessages(messages);
  const media = useAnswer('GET /api/centres/:centreId/media', { params: { centreId } }, ASK_EVERY_MS);
  const [shown, setShown] = useState(0);
  const count = media?.length ?? 0;
  const medium = media?.[shown % Math.max(1, count)];
  const next = useCallback(() => setShown((before) => before + 1), []);
  if (medium === undefined) return null;
  return (
    <section className="media" aria-label={words.media}>
      <Shown key={`${medium.mediumId}/${shown}`} medium={medium} over={next} />
    </section>
  );
}

interface ShownProps {
  readonly medium: Medium;
  readonly over: () => void;
}

function Shown({ medium: { mediumId, type, name, seconds }, over }: ShownProps) {
  useEffect(() => {
    const timer = setTimeout(over, seconds * 1_000);
    return () => clearTimeout(timer);
  }, [seconds, over]);
  const address = paths.medium(mediumId);
  if (type.startsWith('video/')) return <video src={address} autoPlay muted playsInline loop aria-label={name} />;
  if (type === 'text/html') return <iframe src={address} sandbox="" title={name} />;
  return <img src={address} alt={name} />;
}
