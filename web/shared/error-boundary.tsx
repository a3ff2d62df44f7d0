import { Component, type ReactNode, useEffect } from 'react';
import { useMessages } from './language.tsx';
import { messages } from './messages/index.ts';
import { NoSuchPlace } from './no-such-place.ts';
import { reportFault } from './screen-fault.ts';
import { partOfPath } from './place.ts';

/** Nobody is in front of these to press a button. */
const UNATTENDED = new Set(['kiosk', 'board', 'bar', 'rate']);
const AGAIN_AFTER_MS = 30_000;

/** Shows a sentence and a way on instead of a part of the screen that broke; the rest of the screen goes on. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly fault: unknown }> {
  override state = { fault: null };

  static getDerivedStateFromError(fault: unknown) {
    return { fault };
  }

  override componentDidCatch(fault: unknown): void {
    if (!(fault instanceof NoSuchPlace)) reportFault(fault);
  }

  override render(): ReactNode {
    const { fault } = this.state as { readonly fault: unknown };
    return fault === null ? this.props.children : <Broken fault={fault} />;
  }
}

function Broken({ fault }: { readonly fault: unknown }) {
  const words = useMessages(messages);
  const isAddress = fault instanceof NoSuchPlace;
  useEffect(() => {
    if (!UNATTENDED.has(partOfPath(0))) return;
    const timer = setTimeout(() => location.reload(), AGAIN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <section className="problem" role="alert">
      <h1>{isAddress ? words.noSuchPlace[fault.part](fault.named) : words.brokenTitle}</h1>
      <p>{isAddress ? words.lookAtAddress : words.broken}</p>
      <button type="button" onClick={() => location.reload()}>
        {words.reload}
      </button>{' '}
      <button type="button" onClick={() => history.back()}>
        {words.goBack}
      </button>
    </section>
  );
}
