import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { laterText } from '../../messages/laterText.ts';
import { Button } from '../../ui/Button.tsx';
import { QrImage } from '../../ui/QrImage.tsx';

const words = laterText.share.qr;

/** An address as a QR code that fills the screen, for the projector: black on white whatever the theme, as readers want it. */
export default function QrCode({ address, onClose }: { readonly address: string; readonly onClose: () => void }) {
  return (
    <ModalOverlay className="qr" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className="qr-modal">
        <Dialog className="column qr-dialog">
          <Heading slot="title" level={2} className="visually-hidden">
            {words.title}
          </Heading>
          <QrImage text={address} label={words.title} tooLong={words.tooLong} />
          <p className="qr-address">{address}</p>
          <Button onPress={onClose}>{words.close}</Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
