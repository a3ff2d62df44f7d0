import { show } from '../shared/show.tsx';
import '../shared/office.css';
import { SignInScreen } from './sign-in-screen.tsx';

show(<SignInScreen />);
