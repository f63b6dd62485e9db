import { CodeButton } from '../export/CodeButton.tsx';
import { ProveButton } from '../instruments/gradientCheck/ProveButton.tsx';
import { DataButton } from './data/DataButton.tsx';

/** The images, the networks as programs, and a check of their gradients. */
export default function LabTools() {
  return (
    <>
      <DataButton />
      <CodeButton />
      <ProveButton />
    </>
  );
}
