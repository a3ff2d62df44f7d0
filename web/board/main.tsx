import { show } from '../shared/show.tsx';
import './board.css';
import { BoardScreen } from './board-screen.tsx';

show(<BoardScreen />, 'dark', 'hall');
