import { useMemo } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { encode } from 'uqr';
import { laterText } from '../../messages/laterText.ts';
import { Button } from '../../ui/Button.tsx';

const words = laterText.share.qr;

/** Of white modules around the code: as many as readers ask for. */
const BORDER = 4;

/** The dark modules of an address, as one SVG path in units of a module; null where it is too long. */
function modulesOf(address: string): { readonly size: number; readonly path: string } | null {
  try {
    const { size, data } = encode(address, { ecc: 'M', border: BORDER });
    const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
    return { size, path };
  } catch {
    return null;
  }
}

/** An address as a QR code that fills the screen, for the projector: black on white whatever the theme, as readers want it. */
export default function QrCode({ address, onClose }: { readonly address: string; readonly onClose: () => void }) {
  const code = useMemo(() => modulesOf(address), [address]);
  return (
    <ModalOverlay className="qr" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className="qr-modal">
        <Dialog className="qr-dialog">
          <Heading slot="title" level={2} className="visually-hidden">
            {words.title}
          </Heading>
          {code ? (
            <svg
              className="qr-code"
              viewBox={`0 0 ${code.size} ${code.size}`}
              role="img"
              aria-label={words.title}
              shapeRendering="crispEdges"
            >
              <path d={code.path} />
            </svg>
          ) : (
            <p>{words.tooLong}</p>
          )}
          <p className="qr-address">{address}</p>
          <Button onPress={onClose}>{words.close}</Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
