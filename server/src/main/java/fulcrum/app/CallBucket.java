package fulcrum.app;

/// How many calls an address may begin at once, and how many more each second, as a setting: `20/2`; `0` is any number.
record CallBucket(int calls, int perSecond) {
    private static final int MOST = 1_000_000;

    static CallBucket parse(String text) {
        if (text.equals("0")) {
            return new CallBucket(0, 0);
        }
        String[] numbers = text.split("/", -1);
        if (numbers.length != 2
                || !numbers[0].matches("[1-9]\\d{0,6}")
                || !numbers[1].matches("[1-9]\\d{0,6}")) {
            throw new BadSetting(
                    "`" + text + "` is not calls at once and calls a second, for example 20/2");
        }
        return new CallBucket(
                Math.min(MOST, Integer.parseInt(numbers[0])),
                Math.min(MOST, Integer.parseInt(numbers[1])));
    }

    @Override
    public String toString() {
        return calls == 0 ? "0" : calls + "/" + perSecond;
    }
}
