import { show } from '../shared/show.tsx';
import './start.css';
import { StartScreen } from './start-screen.tsx';

show(<StartScreen />);
