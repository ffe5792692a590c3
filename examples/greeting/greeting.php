<?php
// php -S 127.0.0.1:3000 greeting.php
$people = ['+14155550100' => 'Bob'];

$name = trim($_REQUEST['Caller-ID-Name'] ?? '');
$number = $_REQUEST['Caller-ID-Number'] ?? '';
if ($name !== '') {
    $text = 'Hi ' . explode(' ', $name)[0];
} elseif (isset($people[$number])) {
    $text = 'Hi ' . $people[$number];
} else {
    $text = 'Hello, caller';
}

header('Content-Type: application/json');
echo json_encode(['module' => 'tts', 'data' => ['text' => $text]]);
