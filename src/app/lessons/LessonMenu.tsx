import { text } from '../../messages/messages.ts';
import { ChevronIcon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/MenuButton.tsx';
import { lessonKeys } from './lesson.ts';
import { openLesson, useProgress } from './progress.ts';

const words = text.lessons;

const groups = [
  {
    key: 'lessons',
    label: words.menu,
    entries: lessonKeys.map((key, index) => ({
      key: String(index + 1),
      label: words.entry(index + 1, words.titles[key]),
    })),
  },
];

/** Opens one of the lessons. */
export function LessonMenu({ face }: { readonly face: string }) {
  const lesson = useProgress((state) => state.lesson);
  return (
    <MenuButton
      look="chip"
      face={
        <>
          {face}
          <ChevronIcon />
        </>
      }
      groups={groups}
      {...(lesson !== null && { selected: String(lesson) })}
      onChoose={(chosen) => openLesson(Number(chosen))}
    />
  );
}
