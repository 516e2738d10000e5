using Guichet.Documents;
using Guichet.Functions;
using Guichet.Functions.Deposit;
using Guichet.Functions.Operations;
using Guichet.Functions.Review;
using Guichet.Mail;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

if (ReaderProcess.RunIfAsked(args))
{
    return;
}

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseWhen<MessageFailures>(MessageFailures.Concerns);

var settings = GuichetSettings.Of(builder.Configuration, builder.Environment.IsDevelopment());
builder.Services.AddSingleton(settings);
builder.Services.AddSingleton(new GuichetClock(settings.ClockOffset));
builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<GuichetClock>());
builder.Services.AddGuichetStorage(builder.Configuration, settings.Allowance, LetterWriter.Faults);
builder.Services.AddSingleton(settings.Mail);
builder.Services.AddSingleton<MailServer>();
builder.Services.AddSingleton(new LetterWriter(settings.PublicUri));
builder.Services.AddSingleton(_ => new ReaderPool());
builder.Services.AddSingleton<PieceReception>();
builder.Services.AddSingleton<DepositClosing>();
builder.Services.AddSingleton<LetterPost>();

await builder.Build().RunAsync();
