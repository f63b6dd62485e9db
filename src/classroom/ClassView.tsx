import { useContext, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import { LabContext } from '../session/hooks.ts';
import { Opened } from '../session/Opened.tsx';
import { openRecords } from '../session/storage/records.ts';
import type { Views } from '../session/views.ts';
import { pageDataUrl } from '../session/worker/client.ts';
import { Button } from '../ui/Button.tsx';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';
import { Collect } from './collect/Collect.tsx';
import { Start } from './meet/Start.tsx';
import { Student } from './meet/Student.tsx';
import { leave, seat, sit } from './meet/seat.ts';
import { Teacher } from './meet/Teacher.tsx';
import { readCode } from './protocol.ts';
import './classroom.css';

/** Where a class fills one figure. */
export default function ClassView({ views }: { readonly views: Views }) {
  const { kind } = useStore(seat);
  const main = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was pressed to get in, or out, is gone
  useEffect(() => main.current?.focus(), [kind]);
  return (
    <main className="view classroom" ref={main} tabIndex={-1} aria-label={text.app.views.names.class}>
      {/* The records know what this page trains on. */}
      <Opened open={() => openRecords(pageDataUrl())}>{({ data }) => <Class data={data} views={views} />}</Opened>
    </main>
  );
}

interface ClassProps {
  /** The name of the images, checksums included. */
  readonly data: string;
  readonly views: Views;
}

/** The class of the address; without one, the ways into one, and the figure that needs none. */
function Class({ data, views }: ClassProps) {
  const lab = useContext(LabContext);
  const ofClass = useStorePerFrame(views, (state) => state.ofClass);
  const taken = useStore(seat);
  const code = ofClass === null ? null : readCode(ofClass);
  const sitting = taken.kind === 'none' ? null : taken.code;
  useEffect(() => {
    if (!lab) return;
    if (code !== null) sit(code, { lab, views, data });
    // Whoever comes back to the view is still in the class.
    else if (ofClass === null && sitting !== null) views.setState({ ofClass: sitting });
  }, [lab, views, data, code, ofClass, sitting]);
  if (taken.kind === 'none') {
    return (
      <>
        <Start data={data} views={views} />
        <Collect data={data} views={views} />
      </>
    );
  }
  return (
    <>
      {taken.kind === 'member' ? (
        <Student code={taken.code} client={taken.client} />
      ) : (
        <Teacher code={taken.code} client={taken.client} views={views} />
      )}
      <div>
        <Button
          onPress={() => {
            leave();
            views.setState({ ofClass: null });
          }}
        >
          {laterText.classroom.leave}
        </Button>
      </div>
    </>
  );
}
