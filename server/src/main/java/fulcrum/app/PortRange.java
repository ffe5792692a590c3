package fulcrum.app;

/// A range of UDP ports as a setting: `10000-20000`, both included; `0-0` is any free ones.
record PortRange(int first, int last) {
    static PortRange parse(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2 || !ends[0].matches("\\d{1,5}") || !ends[1].matches("\\d{1,5}")) {
            throw new BadSetting("`" + text + "` is not a port range, for example 10000-20000");
        }
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[1]);
        boolean any = first == 0 && last == 0;
        if (last > 65535 || (!any && (first < 1024 || last < first + 1))) {
            throw new BadSetting(
                    "the port range `"
                            + text
                            + "` must lie within 1024-65535 and hold two ports or more");
        }
        return new PortRange(first, last);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
