import { text } from '../messages/messages.ts';
import { ChevronIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/MenuButton.tsx';
import { openLesson, useProgress } from './progress.ts';

const words = text.lessons;

/** The list of the lessons. @param left the one to go on with; null where there is none, or it is open */
function groupsOf(left: number | null) {
  const entries = Object.values(words.titles).map((title, index) => {
    const entry = index + 1 === left ? words.entryLeft : words.entry;
    return { key: String(index + 1), label: entry(index + 1, title) };
  });
  return [{ key: 'lessons', label: words.menu, entries }];
}

/** Opens one of the lessons; where the story was left stands in their list. */
export function LessonMenu({ face }: { readonly face: string }) {
  const lesson = useProgress((state) => state.lesson);
  const last = useProgress((state) => state.last);
  return (
    <MenuButton
      look="chip"
      face={
        <>
          {face}
          <ChevronIcon />
        </>
      }
      groups={groupsOf(lesson === null ? last : null)}
      {...(lesson !== null && { selected: String(lesson) })}
      onChoose={(chosen) => openLesson(Number(chosen))}
    />
  );
}

/** The way into the story while the page is a free lab. */
export function LessonsButton() {
  const lesson = useProgress((state) => state.lesson);
  if (lesson !== null) return null;
  return <LessonMenu face={words.open} />;
}
