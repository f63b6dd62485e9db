import { memo } from 'react';
import { evaluationImages } from '../data/evaluationSample.ts';
import { CodeButton } from '../export/CodeButton.tsx';
import { ProveButton } from '../instruments/gradientCheck/ProveButton.tsx';
import { LessonsButton } from '../lessons/LessonMenu.tsx';
import { text } from '../messages/messages.ts';
import { useLab } from '../session/hooks.ts';
import { type ViewName, type Views, viewNames } from '../session/views.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { useFrames } from '../ui/useFrames.ts';
import { Badge } from './Badge.tsx';
import { Help, type HelpProps } from './Help.tsx';
import { PresetMenu } from './PresetMenu.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import './topBar.css';

const words = text.app.views;

export interface TopBarProps extends HelpProps {
  readonly views: Views;
}

export const TopBar = memo(function TopBar({ views, ...help }: TopBarProps) {
  const view = useFrames(views, (state) => state.view);
  const progress = useFrames(views, (state) => state.progress);
  const nameOf = (key: ViewName) =>
    key === 'sweep' && progress ? words.training(progress.done, progress.all) : words.names[key];
  const dataSet = useLab((state) => state.dataSet?.name ?? null);
  const train = useLab((state) => state.experiment.training.train);
  return (
    <header className="row top-bar">
      <h1 className="top-bar-name">{text.app.name}</h1>
      <span className="chip-text top-bar-data">{text.app.dataSet(dataSet, train, evaluationImages)}</span>
      <LessonsButton />
      <PresetMenu onChosen={() => view === 'library' && views.setState({ view: 'lab' })} />
      <div className="top-bar-views">
        <Segmented
          label={words.label}
          isLabelHidden
          options={viewNames.map((key) => ({ key, label: nameOf(key) }))}
          value={view}
          onChange={(chosen) => views.setState({ view: chosen })}
        />
      </div>
      <div className="row top-bar-end">
        <Badge />
        <CodeButton />
        <ProveButton />
        <ShareButton views={views} />
        <Help {...help} />
        <ThemeSwitch />
      </div>
    </header>
  );
});
