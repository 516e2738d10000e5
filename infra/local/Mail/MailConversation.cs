using System.Text;

namespace Guichet.Local.Mail;

/// <summary>SMTP without pipelining: a command, its reply, and after DATA the mail up to its dot.</summary>
internal sealed class MailConversation(MailLines sender, MailLines server, Func<MailFault?> next)
{
    private MailFault? fault;

    public async Task Run(CancellationToken cancellation)
    {
        await PassReply(cancellation);
        while (true)
        {
            var command = await sender.Read(cancellation);
            if (command.StartsWith("MAIL FROM", StringComparison.OrdinalIgnoreCase) && (fault = next()) is { Reply: { } reply })
            {
                await Happen();
                await sender.Write(reply, cancellation);
                continue;
            }

            await server.Write(command, cancellation);
            var answer = await PassReply(cancellation);
            if (answer.StartsWith("354", StringComparison.Ordinal) && !await PassMail(cancellation))
            {
                return;
            }
        }
    }

    private async Task<bool> PassMail(CancellationToken cancellation)
    {
        for (var line = await sender.Read(cancellation); line != "."; line = await sender.Read(cancellation))
        {
            await server.Write(line, cancellation);
        }

        if (fault is { IsAfterEffect: false })
        {
            await Happen();
            if (fault.IsSilent)
            {
                await sender.Read(cancellation); // Ends when the sender is gone.
            }

            return false;
        }

        await server.Write(".", cancellation);
        var answer = await ReadReply(cancellation);
        if (fault is not null)
        {
            await Happen();
            return false;
        }

        await Tell(answer, cancellation);
        return true;
    }

    private Task Happen() => fault?.Happening?.Invoke() ?? Task.CompletedTask;

    private async Task<string> PassReply(CancellationToken cancellation)
    {
        var reply = await ReadReply(cancellation);
        await Tell(reply, cancellation);
        return reply[^1];
    }

    // A reply's last line has a space after its code; those before have a dash.
    private async Task<List<string>> ReadReply(CancellationToken cancellation)
    {
        List<string> lines = [];
        do
        {
            lines.Add(await server.Read(cancellation));
        }
        while (lines[^1] is [_, _, _, '-', ..]);

        return lines;
    }

    private async Task Tell(List<string> reply, CancellationToken cancellation)
    {
        foreach (var line in reply)
        {
            await sender.Write(line, cancellation);
        }
    }
}

/// <summary>A connection, line by line and byte for byte.</summary>
internal sealed class MailLines(Stream connection) : IDisposable
{
    private readonly StreamReader reader = new(connection, Encoding.Latin1);

    public async Task<string> Read(CancellationToken cancellation) => await reader.ReadLineAsync(cancellation) ?? throw new IOException("The other side is gone.");

    public Task Write(string line, CancellationToken cancellation) =>
        connection.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), cancellation).AsTask();

    public void Dispose() => reader.Dispose();
}
