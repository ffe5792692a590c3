<?php
// php -S 127.0.0.1:3000 hours.php
$hour = (int) ($_REQUEST['hour'] ?? date('G'));
$open = ['module' => 'tts', 'data' => ['text' => 'The office is open. Please hold the line.']];
$closed = ['module' => 'tts', 'data' => ['text' => 'The office is closed. We are here from nine to five.'],
    'children' => ['_' => ['module' => 'hangup', 'data' => new stdClass()]]];

header('Content-Type: application/json');
echo json_encode($hour >= 9 && $hour < 17 ? $open : $closed);
