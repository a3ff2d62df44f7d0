import { show } from '../shared/show.tsx';
import './rate.css';
import { RateScreen } from './rate-screen.tsx';

show(<RateScreen />, 'light', 'hall');
