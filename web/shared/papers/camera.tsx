import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { canSee, useCamera } from '../camera.ts';
import { useMessages } from '../language.tsx';
import { messages } from './messages/index.ts';

/** What browsers that can read barcodes bring along (Shape Detection API). */
interface BarcodeReader {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type MakesReaders = new (options: { formats: string[] }) => BarcodeReader;

const FORMATS = ['code_128', 'ean_13', 'qr_code'];
const LOOK_EVERY_MS = 200;

function readerHere(): BarcodeReader | null {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: MakesReaders };
  return BarcodeDetector === undefined || !canSee() ? null : new BarcodeDetector({ formats: FORMATS });
}

/** Reads barcodes with the camera of a tablet or telephone; nothing where the browser cannot. The same one is read once in a row. */
export function Camera({ scan }: { readonly scan: (barcode: string) => void }) {
  const words = useMessages(messages);
  const [isOn, setIsOn] = useState(false);
  const [reader] = useState(readerHere);
  if (reader === null) return null;
  return (
    <div className="camera">
      <button type="button" aria-pressed={isOn} onClick={() => setIsOn(!isOn)}>
        {isOn ? words.cameraOff : words.cameraOn}
      </button>
      {isOn && <Picture reader={reader} scan={scan} failed={() => setIsOn(false)} />}
    </div>
  );
}

interface PictureProps {
  readonly reader: BarcodeReader;
  readonly scan: (barcode: string) => void;
  readonly failed: () => void;
}

function Picture({ reader, scan, failed }: PictureProps) {
  const words = useMessages(messages);
  const video = useRef<HTMLVideoElement>(null);
  const read = useEffectEvent(scan);
  useCamera(video, failed);
  useEffect(() => {
    let isGone = false;
    let last = '';
    const look = async () => {
      const shown = video.current;
      if (shown === null || shown.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
      const [found] = await reader.detect(shown);
      if (found === undefined || found.rawValue === last || isGone) return;
      last = found.rawValue;
      read(last);
    };
    const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [reader]);
  return <video ref={video} autoPlay muted playsInline aria-label={words.cameraPicture} />;
}
