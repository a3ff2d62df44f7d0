import { type RefObject, useEffect, useEffectEvent } from 'react';

/** True where the browser can show what a camera sees: over HTTPS or on one's own machine, with a camera allowed. */
export function canSee(): boolean {
  return typeof navigator.mediaDevices?.getUserMedia === 'function';
}

/** Shows what the camera sees in a video, as sharp as it can, for as long as the video is on the screen. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, failed: () => void): void {
  const giveUp = useEffectEvent(failed);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let isGone = false;
    const sharp = { facingMode: 'environment', width: { ideal: 2_560 }, height: { ideal: 1_920 } };
    navigator.mediaDevices.getUserMedia({ video: sharp }).then(
      (opened) => {
        stream = opened;
        if (isGone) stop(opened);
        else if (video.current !== null) video.current.srcObject = opened;
      },
      () => giveUp(),
    );
    return () => {
      isGone = true;
      if (stream !== null) stop(stream);
    };
  }, [video]);
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
