import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { closeLesson } from '../../lessons/progress.ts';
import { laterText } from '../../messages/laterText.ts';
import type { Views } from '../../session/views.ts';
import { Button } from '../../ui/Button.tsx';
import type { MemberClient } from '../member.ts';
import { seat } from './seat.ts';
import '../../ui/failure.css';

const words = laterText.classroom.student;

/** Reminds a member who is at a lesson of the class, and leads back to it. */
export default function InClass({ views }: { readonly views: Views }) {
  const taken = useStore(seat);
  if (taken.kind !== 'member') return null;
  return <Reminder code={taken.code} client={taken.client} views={views} />;
}

interface ReminderProps {
  readonly code: string;
  readonly client: MemberClient;
  readonly views: Views;
}

function Reminder({ code, client, views }: ReminderProps) {
  const lesson = useStore(client.store, ({ view }) => view?.news.pace.lesson ?? null);
  const notice = useRef<HTMLDivElement>(null);
  // A page that its teacher has taken here has no focus any more.
  useEffect(() => {
    if (document.activeElement === document.body) notice.current?.focus();
  }, []);
  const back = () => {
    closeLesson();
    views.setState({ view: 'class' });
  };
  return (
    <div className="notice in-line small" ref={notice} tabIndex={-1}>
      <p role="status">{lesson === null ? words.inLesson(code) : words.atLesson(code, lesson)}</p>
      <Button look="chip" onPress={back}>
        {words.toClass}
      </Button>
    </div>
  );
}
