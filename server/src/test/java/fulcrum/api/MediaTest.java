package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

@ExtendWith(OneHouse.class)
class MediaTest {
    private final ApiHouse house;
    private final Client acme;
    private final String media;
    private final byte[] sound = sound();

    MediaTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
        this.media = acme.account("media");
    }

    private static byte[] sound() {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        System.arraycopy("RIFF".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
        return bytes;
    }

    private Answer download(String path, String range) {
        var request = acme.request(path).header("Accept", "audio/*");
        return acme.send(range.isEmpty() ? request.GET() : request.header("Range", range).GET());
    }

    @Test
    void a_sound_is_uploaded_and_comes_back_byte_for_byte() {
        String one = media + "/" + acme.put(media, "{\"name\":\"hello\"}").is(201).id();
        download(one + "/raw", "").is(404);
        Answer after = acme.raw("POST", one + "/raw", "audio/x-wav", sound).is(200);
        assertThat(after.at("content_type")).isEqualTo("audio/x-wav");
        assertThat(after.at("content_length")).isEqualTo("100000");
        assertThat(after.at("media_source")).isEqualTo("upload");
        Answer whole = download(one + "/raw", "").is(200);
        assertThat(whole.bytes()).isEqualTo(sound);
        assertThat(whole.header("content-type")).isEqualTo("audio/x-wav");
        assertThat(whole.header("accept-ranges")).isEqualTo("bytes");
        assertThat(whole.header("content-disposition")).startsWith("attachment; filename=\"");
        assertThat(download(one, "").is(200).bytes()).isEqualTo(sound);
        assertThat(acme.get(one).is(200).at("name")).isEqualTo("hello");
        acme.raw("POST", one, "audio/mpeg", new byte[] {1, 2}).is(200);
        assertThat(download(one + "/raw", "").is(200).bytes()).containsExactly(1, 2);
    }

    @Test
    void a_range_of_a_sound_can_be_had() {
        String one = media + "/" + acme.put(media, "{\"name\":\"hello\"}").is(201).id();
        acme.raw("POST", one + "/raw", "audio/x-wav", sound).is(200);
        Answer part = download(one + "/raw", "bytes=10-19").is(206);
        assertThat(part.bytes()).isEqualTo(java.util.Arrays.copyOfRange(sound, 10, 20));
        assertThat(part.header("content-range")).isEqualTo("bytes 10-19/100000");
        assertThat(download(one + "/raw", "bytes=99990-").is(206).bytes()).hasSize(10);
        for (String odd :
                new String[] {
                    "bytes=-5", "bytes=0-1,3-4", "bytes=100000-", "bytes=5-3", "lines=1-2"
                }) {
            assertThat(download(one + "/raw", odd).is(200).bytes()).hasSize(100_000);
        }
    }

    @Test
    void one_multipart_request_makes_document_and_sound() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String head =
                """
                --xyz
                Content-Type: application/json

                {"data":{"name":"both"}}
                --xyz
                Content-Disposition: form-data; name="f"; filename="a.wav"
                Content-Type: audio/wav

                """;
        body.writeBytes(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        body.writeBytes(sound);
        body.writeBytes("\r\n--xyz--\r\n".getBytes(StandardCharsets.ISO_8859_1));
        Answer made =
                acme.raw("PUT", media, "multipart/form-data; boundary=xyz", body.toByteArray())
                        .is(201);
        assertThat(made.at("name")).isEqualTo("both");
        Answer back = download(media + "/" + made.id() + "/raw", "").is(200);
        assertThat(back.bytes()).isEqualTo(sound);
        assertThat(back.header("content-disposition")).contains("a.wav");
    }

    @Test
    void base64_is_decoded_and_its_type_found() {
        String one = media + "/" + acme.put(media, "{\"name\":\"hello\"}").is(201).id();
        String text = Base64.getEncoder().encodeToString(sound);
        acme.raw("POST", one + "/raw", "application/base64", "data:audio/mp3;base64," + text)
                .is(200);
        assertThat(acme.get(one).at("content_type")).isEqualTo("audio/mp3");
        acme.raw("POST", one + "/raw", "application/x-base64", text).is(200);
        assertThat(acme.get(one).at("content_type")).isEqualTo("audio/x-wav");
        assertThat(download(one + "/raw", "").bytes()).isEqualTo(sound);
    }

    @Test
    void what_is_no_sound_is_refused() {
        String one = media + "/" + acme.put(media, "{\"name\":\"hello\"}").is(201).id();
        acme.raw("POST", one + "/raw", "text/plain", "hello").is(415);
        acme.raw("POST", one + "/raw", "application/base64", "aGVsbG8=").is(415);
        acme.post(one + "/raw", "{}").refuses("file", "required");
        String two =
                "--x\r\nContent-Type: audio/wav\r\n\r\nA\r\n--x\r\nContent-Type: audio/wav\r\n\r\nB\r\n--x--";
        acme.raw("POST", one + "/raw", "multipart/mixed; boundary=x", two)
                .refuses("file", "maxItems");
        acme.put(media, "{\"name\":\"x\",\"content_type\":\"text/plain\"}")
                .refuses("content_type", "enum");
        acme.put(media, "{\"name\":\"x\",\"media_source\":\"tts\"}")
                .refuses("tts.text", "required");
    }

    @Test
    void a_text_is_spoken_again_only_when_it_changed() {
        String tts =
                "{\"name\":\"x\",\"media_source\":\"tts\",\"tts\":{\"text\":\"%s\",\"voice\":\"male/en-US\"}}";
        String one = media + "/" + acme.put(media, tts.formatted("good day")).is(201).id();
        assertThat(download(one + "/raw", "").text()).isEqualTo("RIFF good day male/en-US");
        acme.post(one, tts.formatted("good night")).is(200);
        assertThat(download(one + "/raw", "").text()).isEqualTo("RIFF good night male/en-US");
        assertThat(acme.get(media).data().get(0).path("media_source").asString()).isEqualTo("tts");
        Answer failed = acme.put(media, tts.formatted("unspeakable")).is(500);
        assertThat(failed.json().path("message").asString()).isEqualTo("no voice today");
        assertThat(acme.get(media).data().size()).isEqualTo(1);
    }

    @Test
    void a_prompt_has_its_name_in_its_id_and_is_deleted_for_good() {
        String prompt = "{\"name\":\"x\",\"prompt_id\":\"vm-enter_pass\",\"language\":\"EN-US\"}";
        Answer made = acme.put(media, prompt).is(201);
        assertThat(made.id()).isEqualTo("en-us%2Fvm-enter_pass");
        Answer twice = acme.put(media, prompt).is(409);
        assertThat(twice.json().path("message").asString()).isEqualTo("datastore_conflict");
        String one = media + "/en-us%252Fvm-enter_pass";
        assertThat(acme.get(one).is(200).id()).isEqualTo(made.id());
        assertThat(acme.get(media + "/en-us%2Fvm-enter_pass").is(200).id()).isEqualTo(made.id());
        acme.post(one, prompt.replace("vm-enter_pass", "other")).refuses("prompt_id", "invalid");
        acme.post(one, prompt.replace("EN-US", "de-de")).refuses("prompt_id", "invalid");
        acme.put(media, "{\"name\":\"plain\",\"language\":\"de-de\"}").is(201);
        assertThat(acme.get(media + "/prompts").is(200).data().toString())
                .isEqualTo("[{\"vm-enter_pass\":1}]");
        assertThat(
                        acme.get(media + "/prompts/vm-enter_pass")
                                .data()
                                .get(0)
                                .path("has_attachments")
                                .booleanValue())
                .isFalse();
        assertThat(acme.get(media + "/languages").data().toString())
                .isEqualTo("[{\"de-de\":1,\"en-us\":1}]");
        assertThat(acme.get(media + "/languages/en-us").data().toString())
                .isEqualTo("[\"" + made.id() + "\"]");
        acme.delete(one).is(200);
        acme.get(one).is(404);
        acme.put(media, prompt).is(201);
    }

    @Test
    void everybody_reads_the_systems_sounds_and_the_top_account_changes_them() {
        Client top = house.top();
        String one = "/v2/media/" + top.put("/v2/media", "{\"name\":\"system\"}").is(201).id();
        top.raw("POST", one + "/raw", "audio/x-wav", sound).is(200);
        assertThat(download(one + "/raw", "").is(200).bytes()).isEqualTo(sound);
        acme.get("/v2/media").is(200);
        acme.get(one).is(200);
        acme.delete(one).is(403);
        acme.put("/v2/media", "{\"name\":\"mine\"}").is(403);
        house.stranger().get("/v2/media").is(401);
        top.delete(one + "?hard_delete=true").is(200);
    }
}
