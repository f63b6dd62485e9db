/** The lab: networks and charts on one axis, and the transport. Downloaded when it is first opened. */
import { useMemo, useState } from 'react';
import { HandInButton } from '../classroom/handIn/HandInButton.tsx';
import { setTraining } from '../experiment/edit.ts';
import type { NetworkId } from '../experiment/experiment.ts';
import { ChartsPanel } from '../figure/ChartsPanel.tsx';
import { NetworksPanel } from '../figure/networks/NetworksPanel.tsx';
import { useFinding } from '../figure/RunFinding.tsx';
import { TappedPlaceContext } from '../figure/stack/Readout.tsx';
import { Transport } from '../figure/transport/Transport.tsx';
import { useQuantityAxis } from '../figure/useQuantityAxis.ts';
import { DEGRADATION, openLesson } from '../lessons/progress.ts';
import { text } from '../messages/messages.ts';
import type { Quantity } from '../records/records.ts';
import { useLab, useTryEdit } from '../session/hooks.ts';
import { Button } from '../ui/Button.tsx';

export default function LabView() {
  const [tappedPlace, setTappedPlace] = useState<HTMLElement | null>(null);
  const [owner, take] = useState<NetworkId | null>(null);
  const tapped = useMemo(() => ({ element: tappedPlace, owner, take }), [tappedPlace, owner]);
  const [quantity, setQuantity] = useState<Quantity>('signalGradient');
  const axis = useQuantityAxis(quantity);
  return (
    <TappedPlaceContext value={tapped}>
      <main className="grid main">
        <NetworksPanel quantity={quantity} axis={axis} onQuantity={setQuantity} />
        <ChartsPanel quantity={quantity} axis={axis} next={<Next />} />
      </main>
      <Transport onTappedPlace={setTappedPlace} />
    </TappedPlaceContext>
  );
}

/** Where to go from what a run of the lab has shown. */
function Next() {
  const tryEdit = useTryEdit();
  const seed = useLab(({ experiment }) => experiment.training.seed);
  const areTwins = useFinding()?.areTwins ?? false;
  return (
    <>
      <HandInButton />
      <Button look="chip" onPress={() => tryEdit((experiment) => setTraining(experiment, { seed: seed + 1 }))}>
        {text.finding.next.seed}
      </Button>
      {areTwins && (
        <Button look="chip" onPress={() => openLesson(DEGRADATION)}>
          {text.finding.next.why}
        </Button>
      )}
    </>
  );
}
