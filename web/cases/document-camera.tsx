import { useRef, useState } from 'react';
import { canSee, useCamera } from '../shared/camera.ts';
import { useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

const QUALITY = 0.92;

interface DocumentCameraProps {
  /** Of which document the picture is. */
  readonly name: string;
  readonly taken: (picture: File) => void;
}

/** Pictures of a document by the camera over the table, or of a tablet: as many as it has pages. Nothing where there is none. */
export function DocumentCamera({ name, taken }: DocumentCameraProps) {
  const words = useMessages(messages);
  const [isOn, setIsOn] = useState(false);
  const [isThere, setIsThere] = useState(canSee);
  if (!isThere) return null;
  return (
    <div className="camera">
      <button type="button" aria-pressed={isOn} aria-label={`${name}: ${words.camera}`} onClick={() => setIsOn(!isOn)}>
        {words.camera}
      </button>
      {isOn && <Sight name={name} taken={taken} failed={() => setIsThere(false)} />}
    </div>
  );
}

function Sight({ name, taken, failed }: DocumentCameraProps & { readonly failed: () => void }) {
  const words = useMessages(messages);
  const video = useRef<HTMLVideoElement>(null);
  const pages = useRef(0);
  const [isSeeing, setIsSeeing] = useState(false);
  useCamera(video, failed);
  const take = () => {
    const seen = video.current;
    if (seen === null) return;
    const canvas = document.createElement('canvas');
    canvas.width = seen.videoWidth;
    canvas.height = seen.videoHeight;
    canvas.getContext('2d')?.drawImage(seen, 0, 0);
    canvas.toBlob(
      (blob) => {
        if (blob === null) return;
        pages.current += 1;
        taken(new File([blob], `${name} ${pages.current}.jpg`, { type: blob.type }));
      },
      'image/jpeg',
      QUALITY,
    );
  };
  return (
    <>
      <video
        ref={video}
        autoPlay
        muted
        playsInline
        aria-label={words.cameraSees}
        onLoadedData={() => setIsSeeing(true)}
      />
      <button type="button" disabled={!isSeeing} onClick={take}>
        {words.takePicture}
      </button>
    </>
  );
}
