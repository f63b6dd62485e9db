import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTheme } from '../theme.ts';
import { TeachersPage } from './TeachersPage.tsx';

startTheme();
const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <TeachersPage />
    </StrictMode>,
  );
}
