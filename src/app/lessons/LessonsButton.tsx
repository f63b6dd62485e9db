import { text } from '../../messages/messages.ts';
import { LessonMenu } from './LessonMenu.tsx';
import { useProgress } from './progress.ts';

/** The way into the story while the page is a free lab; where it was left is said on its face. */
export function LessonsButton() {
  const lesson = useProgress((state) => state.lesson);
  const last = useProgress((state) => state.last);
  if (lesson !== null) return null;
  return (
    <span className="lessons-button">
      <LessonMenu face={last === null ? text.lessons.open : text.lessons.resume(last)} />
    </span>
  );
}
