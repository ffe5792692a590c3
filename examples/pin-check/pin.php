<?php
// php -S 127.0.0.1:3000 pin.php
const PIN = '4711';
const TRIES = 3;

function say(string $text, ?array $next = null): array
{
    $node = ['module' => 'tts', 'data' => ['text' => $text]];
    if ($next !== null) {
        $node['children'] = ['_' => $next];
    }
    return $node;
}

function ask(int $try): array
{
    $again = 'http://' . $_SERVER['HTTP_HOST'] . '/?try=' . $try;
    $pivot = ['module' => 'pivot', 'data' => ['voice_url' => $again]];
    return ['module' => 'collect_dtmf', 'data' => ['max_digits' => 4, 'collection_name' => 'pin'], 'children' => ['_' => $pivot]];
}

$hangup = ['module' => 'hangup', 'data' => new stdClass()];
$try = (int) ($_REQUEST['try'] ?? 0);
$pin = $_REQUEST['Digits']['pin'] ?? null;
if ($pin === null) {
    $flow = say('Please enter your PIN.', ask(1));
} elseif ($pin === PIN) {
    $flow = say('Thank you. You are in.');
} elseif ($try < TRIES) {
    $flow = say('That is not right. Please try again.', ask($try + 1));
} else {
    $flow = say('That is not right either. Goodbye.', $hangup);
}

header('Content-Type: application/json');
echo json_encode($flow);
