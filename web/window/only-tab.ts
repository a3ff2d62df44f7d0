import { useEffect, useState } from 'react';

/**
 * True when this tab is the one that works under a name; false while another tab of this browser does; null before it is
 * known. When the other one is closed, this one takes over. Without the means to know, it is taken to be alone.
 */
export function useOnlyTab(name: string): boolean | null {
  const [alone, setAlone] = useState<boolean | null>('locks' in navigator ? null : true);
  useEffect(() => {
    if (!('locks' in navigator)) return undefined;
    let release = () => {};
    let gone = false;
    const held = () => {
      if (gone) return undefined;
      setAlone(true);
      return new Promise<void>((resolve) => (release = resolve));
    };
    const take = async () => {
      const free = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock === null) return false;
        await held();
        return true;
      });
      if (free || gone) return;
      setAlone(false);
      await navigator.locks.request(name, held);
    };
    void take().catch(() => setAlone(true));
    return () => {
      gone = true;
      release();
    };
  }, [name]);
  return alone;
}
