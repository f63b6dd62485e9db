import { text } from '../messages/messages.ts';
import { LessonMenu } from './LessonMenu.tsx';
import { useProgress } from './progress.ts';

/** The way into the story while the page is a free lab. */
export function LessonsButton() {
  const lesson = useProgress((state) => state.lesson);
  if (lesson !== null) return null;
  return (
    <span className="lessons-button">
      <LessonMenu face={text.lessons.open} />
    </span>
  );
}
