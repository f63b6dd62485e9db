import { useEffect, useRef, useState } from 'react';
import { laterText } from '../../messages/laterText.ts';
import { Button } from '../../ui/Button.tsx';

const words = laterText.classroom.collect.camera;

/** Why there is no picture, as a sentence that says what to do instead. */
function refusal(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError') return words.refused;
  return name === 'NotFoundError' ? words.none : words.failed;
}

/**
 * Reads codes in the pictures of a camera, each once, until it is stopped. With a library everywhere, as few browsers have a `BarcodeDetector`.
 * @throws DOMException where there is no camera, or it is not allowed
 */
async function watchCamera(video: HTMLVideoElement, onText: (text: string) => void): Promise<() => void> {
  const { QRCanvas, frameLoop, rearCamera } = await import('qr/dom.js');
  const camera = await rearCamera(video);
  const canvas = new QRCanvas();
  const seen = new Set<string>();
  const read = async (): Promise<void> => {
    // All of the camera's pixels: the picture on the page is too small for the modules of a long text.
    const found = await camera.readFrame(canvas, true);
    if (typeof found !== 'string' || seen.has(found)) return;
    seen.add(found);
    onText(found);
  };
  const cancel = frameLoop(() => void read(), video);
  return () => {
    cancel();
    camera.stop();
  };
}

/** Reads QR codes that are held before the camera, each once. @param onText of a code */
export function Scanner({ onText }: { readonly onText: (text: string) => void }) {
  const [isOn, setOn] = useState(false);
  const [problem, setProblem] = useState('');
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onText);
  tell.current = onText;
  useEffect(() => {
    if (!isOn || !video.current) return;
    const watching = watchCamera(video.current, (text) => tell.current(text));
    watching.catch((error: unknown) => {
      setProblem(refusal(error));
      setOn(false);
    });
    return () => void watching.then((stop) => stop()).catch(() => undefined);
  }, [isOn]);
  // Pages without a secure connection have no camera at all.
  if (!globalThis.isSecureContext) return <p className="view-text">{words.insecure}</p>;
  return (
    <div className="column">
      <div className="row">
        <Button
          onPress={() => {
            setProblem('');
            setOn(!isOn);
          }}
        >
          {isOn ? words.stop : words.start}
        </Button>
        <span className="view-text" role="status">
          {isOn ? words.hold : problem}
        </span>
      </div>
      {isOn && <video ref={video} className="class-camera" aria-label={words.picture} autoPlay muted playsInline />}
    </div>
  );
}
