import { Component, type ReactNode, useEffect } from 'react';
import { useMessages } from './language.tsx';
import { messages } from './messages/index.ts';
import { reportFault } from './screen-fault.ts';

/** Nobody is in front of these to press a button. */
const UNATTENDED = new Set(['kiosk', 'board', 'bar', 'rate']);
const AGAIN_AFTER_MS = 30_000;

/** Shows a sentence and a way on instead of a part of the screen that broke; the rest of the screen goes on. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidCatch(fault: unknown): void {
    reportFault(fault);
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const words = useMessages(messages);
  useEffect(() => {
    if (!UNATTENDED.has(location.pathname.split('/')[1] ?? '')) return;
    const timer = setTimeout(() => location.reload(), AGAIN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <section className="problem" role="alert">
      <h1>{words.brokenTitle}</h1>
      <p>{words.broken}</p>
      <button type="button" onClick={() => location.reload()}>
        {words.reload}
      </button>{' '}
      <button type="button" onClick={() => history.back()}>
        {words.goBack}
      </button>
    </section>
  );
}
