import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.js';

const query = new URLSearchParams(location.search);
const url = query.get('socket') ?? 'ws://localhost:3001/dev';
const userId = query.get('user') ?? 'alice';

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <Chat url={url} userId={userId} room="lobby" />
  </StrictMode>,
);
