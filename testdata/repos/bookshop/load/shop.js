import http from 'k6/http';
import { sleep } from 'k6';

export const options = { vus: 20, duration: '2m' };

export default function () {
  http.get('https://shop.bookshop.example/');
  sleep(1);
}
