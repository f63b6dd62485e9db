import { CodeButton } from '../export/CodeButton.tsx';
import { ProveButton } from '../instruments/gradientCheck/ProveButton.tsx';

/** The networks as programs, and a check of their gradients. */
export default function LabTools() {
  return (
    <>
      <CodeButton />
      <ProveButton />
    </>
  );
}
